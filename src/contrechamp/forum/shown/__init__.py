"""Reads of the forum made ready for pages."""
