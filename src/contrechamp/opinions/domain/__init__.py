"""Rules on opinions: their published file, their outcomes."""
