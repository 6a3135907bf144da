"""What runs in workers: importable before Django is ready, which each starts for itself."""
