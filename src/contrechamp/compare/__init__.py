"""Side by side: two of a kind, and rankings that say how they were made."""
