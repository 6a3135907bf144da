"""What can be done with the census. One module per subject; each verb is one transaction."""

from __future__ import annotations

from .claims import Conflict, add_claim, change_claim, check_claim
from .copies import cite_copy
from .derived import is_derived, rebuild_derived
from .edition import begin_edition, note_edition
from .entities import (
    add_entity,
    add_identifier,
    add_name,
    change_entity,
    decide_person_hold,
    ensure_place,
    ensure_technology,
    remove_identifier,
    remove_name,
    rename_entity,
)
from .evidence import add_evidence, check_evidence, remove_evidence
from .history import revert
from .merging import Undone, choose_survivor, forget_not_same, mark_not_same, merge, undo_merge
from .notices import answer_notice, receive_notice
from .projection import documents_changed, rebuild_published
from .recording import Recorder, recording
from .review import (
    PublishReport,
    publish,
    publish_due,
    publish_entities,
    publish_run,
    return_to_author,
    submit,
    withdraw,
    withdraw_entity,
)

__all__ = [
    "Conflict",
    "PublishReport",
    "Recorder",
    "Undone",
    "add_claim",
    "add_entity",
    "add_evidence",
    "add_identifier",
    "add_name",
    "answer_notice",
    "begin_edition",
    "change_claim",
    "change_entity",
    "check_claim",
    "check_evidence",
    "choose_survivor",
    "cite_copy",
    "decide_person_hold",
    "documents_changed",
    "ensure_place",
    "ensure_technology",
    "forget_not_same",
    "is_derived",
    "mark_not_same",
    "merge",
    "note_edition",
    "publish",
    "publish_due",
    "publish_entities",
    "publish_run",
    "rebuild_derived",
    "rebuild_published",
    "receive_notice",
    "recording",
    "remove_evidence",
    "remove_identifier",
    "remove_name",
    "rename_entity",
    "return_to_author",
    "revert",
    "submit",
    "undo_merge",
    "withdraw",
    "withdraw_entity",
]
