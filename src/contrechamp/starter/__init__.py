"""The starter census: what a fresh observatory already knows. Data, and no code."""
