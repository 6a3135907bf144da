"""Template tags of the census."""
