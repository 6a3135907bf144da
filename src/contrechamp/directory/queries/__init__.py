"""Reads of the directory. Which bodies there are is public; some mailboxes are not."""

from __future__ import annotations

from .addresses import (
    address_for,
    addresses_of,
    bodies_of_address,
    bodies_of_domain,
    way_of,
    ways_of,
    ways_of_many,
)
from .bodies import Narrowed, after, by_keys, every, find, get, living, narrowed, of_sirens
from .counting import State, state
from .history import (
    changes_of,
    decided_proposals,
    imports,
    merge_suggestions,
    open_proposals,
    proposal,
    quarantined,
)
from .holding import holders

__all__ = [
    "Narrowed",
    "State",
    "address_for",
    "addresses_of",
    "after",
    "bodies_of_address",
    "bodies_of_domain",
    "by_keys",
    "changes_of",
    "decided_proposals",
    "every",
    "find",
    "get",
    "holders",
    "imports",
    "living",
    "merge_suggestions",
    "narrowed",
    "of_sirens",
    "open_proposals",
    "proposal",
    "quarantined",
    "state",
    "way_of",
    "ways_of",
    "ways_of_many",
]
