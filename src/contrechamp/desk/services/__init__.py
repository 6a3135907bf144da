"""What readers do at the desk. One module per subject; `bringing` alone runs in the house."""
