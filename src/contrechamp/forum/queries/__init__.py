"""What may be read of the forum."""
