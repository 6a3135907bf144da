"""What can be done with a case. One module per subject."""
