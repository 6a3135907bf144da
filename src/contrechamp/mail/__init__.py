"""Letters by e-mail that are evidence: what we sent, what came, when the mailbox was read."""
