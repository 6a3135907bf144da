"""What is typed about actions, made valid."""
