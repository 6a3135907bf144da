"""What a page says: facts, sums, drawings and differences made ready for the templates.

Nothing here reads a working table: it is given what `census.published` (or, for members,
`census.queries`) has found.
"""
