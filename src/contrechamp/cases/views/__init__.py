"""Pages of actions. One module per subject."""
