"""The territory as it is seen: outlines, counts, symbols, through time."""
