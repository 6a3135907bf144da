"""The rules of the look: what colours can be told apart, and how French is set."""
