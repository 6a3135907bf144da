"""Rules on messages: reading, matching, authenticity, kinds."""
