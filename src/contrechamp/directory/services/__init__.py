"""The verbs of the directory."""

from __future__ import annotations

from .bodies import AlreadyThere, CannotMerge, NewBody, add_body, merge_bodies, part_bodies
from .correcting import (
    AlreadyDecided,
    Correction,
    OwnProposal,
    TooMany,
    accept,
    propose_correction,
    refuse,
)
from .examples import ensure_example_body, remove_example_body
from .from_census import Taken, from_census
from .importing import Report, Told, import_bodies
from .offices import import_offices
from .tables import NotAList, layout_of
from .tending import quarantine, record_bounce, record_success, release

__all__ = [
    "AlreadyDecided",
    "AlreadyThere",
    "CannotMerge",
    "Correction",
    "NewBody",
    "NotAList",
    "OwnProposal",
    "Report",
    "Taken",
    "Told",
    "TooMany",
    "accept",
    "add_body",
    "ensure_example_body",
    "from_census",
    "import_bodies",
    "import_offices",
    "layout_of",
    "merge_bodies",
    "part_bodies",
    "propose_correction",
    "quarantine",
    "record_bounce",
    "record_success",
    "refuse",
    "release",
    "remove_example_body",
]
