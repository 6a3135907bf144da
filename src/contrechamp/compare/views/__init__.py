"""Doors to comparisons and rankings."""
