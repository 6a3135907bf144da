"""What people typed about the census, made valid. One module per subject."""
