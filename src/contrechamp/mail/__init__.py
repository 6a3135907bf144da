"""Letters by e-mail that are evidence: what we send, what comes back, and when the mailbox was read."""
