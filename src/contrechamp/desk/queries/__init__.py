"""What a reader sees: the list of sealed files, one of them, who is on duty, the canary."""
