"""Rules on bodies and their addresses."""
