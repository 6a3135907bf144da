"""Rules on requests: facts, states, letters, catalogue."""
