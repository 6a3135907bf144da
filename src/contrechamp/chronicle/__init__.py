"""Time: what happened when, how sure that is, and what changed since a day."""
