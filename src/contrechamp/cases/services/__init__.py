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
from .mandating import (
    add_mandate,
    erase_mandate,
    import_mandates,
    restore_mandate,
    revoke_mandate,
    show_mandates,
)
from .picking import take, take_file
from .protecting import confirm_source, propose_source, revoke_source
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
from .windows import rebuild, refresh, refresh_action, refresh_silent

__all__ = [
    "NewAction",
    "Told",
    "add_argument",
    "add_cost",
    "add_exhibit",
    "add_instance",
    "add_mandate",
    "add_party",
    "bring_known",
    "change",
    "change_exhibit",
    "check_reason",
    "cite",
    "confirm_source",
    "derive",
    "derive_due",
    "erase_mandate",
    "folder_of",
    "import_mandates",
    "invite",
    "leave_sequel",
    "make_bundle",
    "move_exhibit",
    "note_due",
    "note_taken",
    "open_action",
    "order_by_date",
    "prepare",
    "progress_of",
    "propose_sequel",
    "propose_source",
    "put_away",
    "put_back",
    "put_back_row",
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
    "restore_mandate",
    "resume_bundles",
    "revoke_mandate",
    "revoke_source",
    "seat",
    "seat_by_name",
    "see",
    "send_reminders",
    "set_public",
    "show_mandates",
    "take",
    "take_back",
    "take_back_row",
    "take_file",
    "uncite",
    "undo_leaving",
    "unseat",
    "unsee",
    "want_bundle",
    "wish",
]
