"""Public bodies and how to write to them: official numbers, addresses by preference, corrections."""
