"""Rules about cameras on a map: reading them, where they are, where they look, how they compare."""
