"""What can be done with an action: one module per subject, one transaction per verb."""

from __future__ import annotations

from .arguing import add_argument, cite, remove_argument, uncite
from .bundles import (
    folder_of,
    make_bundle,
    note_taken,
    prepare,
    progress_of,
    resume_bundles,
    want_bundle,
)
from .deriving import derive, derive_due
from .exhibiting import (
    Told,
    add_exhibit,
    change_exhibit,
    move_exhibit,
    order_by_date,
    remove_exhibit,
    restore_exhibit,
)
from .inviting import invite, put_away
from .knowing import bring_known, remove_known
from .making import NewAction, change, open_action
from .picking import take, take_file
from .protecting import confirm_source, propose_source, revoke_source
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
from .windows import rebuild, refresh, refresh_action, refresh_silent

__all__ = [
    "NewAction",
    "Told",
    "add_argument",
    "add_cost",
    "add_exhibit",
    "add_instance",
    "add_party",
    "bring_known",
    "change",
    "change_exhibit",
    "cite",
    "confirm_source",
    "derive",
    "derive_due",
    "folder_of",
    "invite",
    "make_bundle",
    "move_exhibit",
    "note_taken",
    "open_action",
    "order_by_date",
    "prepare",
    "progress_of",
    "propose_source",
    "put_away",
    "put_back",
    "rebuild",
    "record",
    "refresh",
    "refresh_action",
    "refresh_silent",
    "remove_argument",
    "remove_exhibit",
    "remove_known",
    "remove_party",
    "restore_exhibit",
    "resume_bundles",
    "revoke_source",
    "seat",
    "seat_by_name",
    "set_public",
    "take",
    "take_back",
    "take_file",
    "uncite",
    "unseat",
    "want_bundle",
]
