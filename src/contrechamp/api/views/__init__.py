"""What is answered at each address, by subject."""
