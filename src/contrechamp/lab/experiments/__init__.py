"""The experiments, one file each. A file whose name begins with `_` is shared by several."""
