"""What a dump says of itself, and whether it is what it says."""
