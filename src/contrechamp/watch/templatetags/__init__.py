"""Template tags of public acts."""
