"""The laboratory: claims about surveillance technology, tried by anyone."""
