"""The news of actions, sent once the transaction stands. `sender` is always None."""

from __future__ import annotations

from django.dispatch import Signal

changed = Signal()
"""A fact of an action was recorded or taken back (`action`)."""

public_changed = Signal()
"""What visitors see of actions changed (`action`): published, hidden, judged."""

bundle_wanted = Signal()
"""A bundle is asked for that a page cannot wait for (`key`)."""
