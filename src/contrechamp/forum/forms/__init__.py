"""What people type in the forum, made valid."""
