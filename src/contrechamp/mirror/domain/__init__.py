"""The rules of a copy in files: names, links, search, manifest."""
