"""Reads that join rooms for a page. Of the census only `published`, so only what is public."""
