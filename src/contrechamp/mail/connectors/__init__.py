"""Where mail meets the network: a relay that takes letters, mailboxes that hold answers."""
