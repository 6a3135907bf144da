"""Who may see what of requests. Every read from outside this room goes through here."""
