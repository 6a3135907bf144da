"""What can be done with dossiers: make, keep, publish, print."""

from __future__ import annotations

from contrechamp.documents.services.dossiers import read_list

from .keeping import (
    add_to,
    delete_dossier,
    describe,
    keep,
    make_private,
    move,
    publish,
    put_back,
    submit,
    take_out,
    write_note,
)
from .listing import dossier_of_list
from .making import Frame, dossier_of, expand, statements_of
from .preparing import (
    Ready,
    bind,
    forget_old,
    is_small,
    made_file,
    make_file,
    make_small,
    prepare,
    want,
)

__all__ = [
    "Frame",
    "Ready",
    "add_to",
    "bind",
    "delete_dossier",
    "describe",
    "dossier_of",
    "dossier_of_list",
    "expand",
    "forget_old",
    "is_small",
    "keep",
    "made_file",
    "make_file",
    "make_private",
    "make_small",
    "move",
    "prepare",
    "publish",
    "put_back",
    "read_list",
    "statements_of",
    "submit",
    "take_out",
    "want",
    "write_note",
]
