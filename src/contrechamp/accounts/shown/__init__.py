"""What accounts say in words outside of pages."""
