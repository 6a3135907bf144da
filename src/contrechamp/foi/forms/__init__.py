"""What a person typed about requests, made valid."""
