"""Reads of actions made ready for pages."""
