"""Doors to public acts."""
