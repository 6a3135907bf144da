"""Why a file is not taken in, or not read: a code for machines, a sentence for people."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from contrechamp.kernel.errors import Refused, gettext_noop


class Reason(StrEnum):
    """The codes of `vocabulary/ingest_reasons.yaml`, where each has its remedy."""

    EMPTY = "empty"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    UNSUPPORTED = "unsupported"
    CONVERTER_MISSING = "converter_missing"
    ARCHIVE_BOMB = "archive_bomb"
    OUTSIDE_FOLDER = "outside_folder"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one file, as plain values that travel between processes."""

    reason: Reason
    sentence: str
    values: dict[str, Any] = field(default_factory=dict)


class CannotRead(Refused):
    """A file that is not taken in, with the reason."""

    def __init__(self, reason: Reason, sentence: str, **values: object) -> None:
        super().__init__(sentence, **values)
        self.reason = reason

    @property
    def problem(self) -> Problem:
        return Problem(self.reason, self.sentence, dict(self.values))


EMPTY = Problem(Reason.EMPTY, gettext_noop("Le fichier est vide (0 octet)."))
DIED = Problem(
    Reason.BROKEN,
    gettext_noop("Le fichier fait échouer son lecteur (mémoire, durée ou plantage)."),
)
BAD_PDF = gettext_noop("Ce n'est pas un PDF complet : sa structure est abîmée.")
NO_PASSWORD = gettext_noop(
    "Le fichier est protégé par un mot de passe : donnez-le avec --password-file."
)
TOO_MANY_PAGES = gettext_noop(
    "Le document a {pages} pages ; la limite est {limit} (CONTRECHAMP_PAGE_LIMIT)."
)
TOO_LARGE = gettext_noop(
    "Le fichier pèse {size} Mo ; la limite est {limit} Mo (CONTRECHAMP_FILE_LIMIT_MB)."
)
UNSUPPORTED = gettext_noop(
    "Le contenu n'est d'aucun format que nous lisons (PDF, image, texte, HTML, courriel, "
    "bureautique, ZIP ou TAR)."
)
