"""From files to lines: what kind of record a file is, and how each kind is read."""
