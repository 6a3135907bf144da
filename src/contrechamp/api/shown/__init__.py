"""What is public, as plain values: the shapes of `schemas.answers`."""
