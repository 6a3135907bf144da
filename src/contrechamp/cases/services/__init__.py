"""What can be done with an action: one module per subject, one transaction per verb."""

from __future__ import annotations

from .deriving import derive, derive_due
from .exhibiting import Told, add_exhibit, bind_exhibits, change_exhibit, remove_exhibit
from .inviting import invite, put_away
from .knowing import bring_known, remove_known
from .making import NewAction, change, open_action
from .recording import put_back, record, take_back
from .telling import (
    add_cost,
    add_instance,
    add_party,
    remove_party,
    seat,
    seat_by_name,
    set_public,
    unseat,
)

__all__ = [
    "NewAction",
    "Told",
    "add_cost",
    "add_exhibit",
    "add_instance",
    "add_party",
    "bind_exhibits",
    "bring_known",
    "change",
    "change_exhibit",
    "derive",
    "derive_due",
    "invite",
    "open_action",
    "put_away",
    "put_back",
    "record",
    "remove_exhibit",
    "remove_known",
    "remove_party",
    "seat",
    "seat_by_name",
    "set_public",
    "take_back",
    "unseat",
]
