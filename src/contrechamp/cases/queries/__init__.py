"""Who may see what of actions. Every read from outside this room goes through here."""
