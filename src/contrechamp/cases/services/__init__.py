"""What can be done with an action: one module per subject, one transaction per verb."""

from __future__ import annotations

from .deriving import derive, derive_due
from .exhibiting import Told, add_exhibit, bind_exhibits, change_exhibit, remove_exhibit
from .inviting import invite, put_away
from .making import NewAction, change, open_action
from .mandating import (
    add_mandate,
    erase_mandate,
    import_mandates,
    restore_mandate,
    revoke_mandate,
    show_mandates,
)
from .recording import put_back, record, take_back
from .reminding import note_due, see, send_reminders, unsee, wish
from .rows import add_cost, add_instance, check_reason, put_back_row, take_back_row
from .sequels import leave_sequel, propose_sequel, undo_leaving
from .telling import (
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
    "add_mandate",
    "add_party",
    "bind_exhibits",
    "change",
    "change_exhibit",
    "check_reason",
    "derive",
    "derive_due",
    "erase_mandate",
    "import_mandates",
    "invite",
    "leave_sequel",
    "note_due",
    "open_action",
    "propose_sequel",
    "put_away",
    "put_back",
    "put_back_row",
    "record",
    "remove_exhibit",
    "remove_party",
    "restore_mandate",
    "revoke_mandate",
    "seat",
    "seat_by_name",
    "see",
    "send_reminders",
    "set_public",
    "show_mandates",
    "take_back",
    "take_back_row",
    "undo_leaving",
    "unseat",
    "unsee",
    "wish",
]
