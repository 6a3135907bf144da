"""What a person typed on pages of several rooms, made valid."""
