"""Cameras made ready for pages and files."""
