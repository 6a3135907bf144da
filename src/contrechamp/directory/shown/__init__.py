"""Reads of the directory made ready for a page, a table or a file: what visitors may get."""
