"""Doors to time."""
