"""Public bodies and how to write to them: numbers, addresses by preference, corrections."""
