"""Rules of actions: facts in, where one stands, what is open, what is due. Pure."""
