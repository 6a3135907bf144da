"""What is said of all files of an arrival."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from contrechamp.documents.models import (
    Document,
)
from contrechamp.kernel.errors import Refused, gettext_noop

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What is said of all files of an arrival."""

    actor: User
    now: datetime
    origin: str = Document.Origin.RECEIVED
    source_url: str = ""
    obtained_on: date | None = None
    collection: str = ""
    embargo_until: datetime | None = None
    access: str = Document.Access.TEAM
    doc_type: str = "other"
    place_codes: Sequence[str] = ()
    ocr: str = "queue"
    """now and queue let pages wait in the ledger, never does not."""
    passwords: tuple[str, ...] = ()
    names: Mapping[Path, str] = field(default_factory=dict)
    """For uploads: the name that each file came with."""
    record_known: bool = False
    """Whether a file that is known with the same path leaves a line nevertheless."""


def check(wanted: Wishes) -> None:
    """Raise `Refused` where the options make no sense."""
    if wanted.origin not in Document.Origin.values:
        raise Refused(
            gettext_noop("« {origin} » n'est pas une origine : choisissez parmi {known}."),
            origin=wanted.origin,
            known=", ".join(value.lower() for value in Document.Origin.values),
        )
    if wanted.source_url and not wanted.source_url.lower().startswith(("http://", "https://")):
        raise Refused(
            gettext_noop("« {url} » n'est pas une adresse : elle commence par https://."),
            url=wanted.source_url,
        )
