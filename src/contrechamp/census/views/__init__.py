"""The doors of the census: one module per audience and subject."""
