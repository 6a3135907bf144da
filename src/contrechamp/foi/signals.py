"""The news of requests, sent once the transaction stands. `sender` is always None."""

from __future__ import annotations

from django.dispatch import Signal

changed = Signal()
"""A fact was recorded, or the request was written anew (`request`)."""

public_changed = Signal()
"""What visitors see of requests changed (`request`)."""

refusal_confirmed = Signal()
"""A refusal is confirmed and the court is open (`request`): for the legal room."""

batch_asked = Signal()
"""A whole batch is to be marked ready or sent (`batch`, `act`, `actor`): it takes minutes."""
