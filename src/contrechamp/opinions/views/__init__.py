"""Pages and files of opinions."""
