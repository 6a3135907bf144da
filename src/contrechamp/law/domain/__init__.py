"""The clock and its rules: facts in, dated items out."""
