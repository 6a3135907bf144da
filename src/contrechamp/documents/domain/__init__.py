"""Rules of files, pages, texts and quotes. One module per subject."""
