"""Where a list goes on: a word that only this door reads.

It holds the place after which the next part begins and a mark of the question that it belongs
to, so that a cursor of another question is refused and not answered with half a list.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contrechamp.kernel.errors import Refused, gettext_noop

LONGEST = 600


class BadCursor(Refused):
    """The cursor is none that this question was answered with."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            gettext_noop(
                "Ce curseur n'est pas celui de cette question. Reprenez « next » tel que la "
                "réponse l'a donné, ou recommencez sans curseur."
            )
        )


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in an answer, and which question was asked."""

    place: tuple[str, ...]
    mark: str


def mark_of(question: Mapping[str, object]) -> str:
    """Return the mark of a question: the same for the same filters, whatever their order."""
    said = json.dumps(
        {k: str(v) for k, v in question.items() if v not in (None, "")}, sort_keys=True
    )
    return hashlib.sha256(said.encode()).hexdigest()[:8]


def write_cursor(place: Sequence[str], question: Mapping[str, object]) -> str:
    """Return the word for a place in the answer to a question."""
    said = json.dumps([mark_of(question), *place], separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def read_cursor(word: str, question: Mapping[str, object]) -> tuple[str, ...] | None:
    """Return the place that a cursor means, None without one; raise `BadCursor`."""
    if not word:
        return None
    if len(word) > LONGEST:
        raise BadCursor
    try:
        raw = base64.b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True)
        said = json.loads(raw)
    except (binascii.Error, ValueError):
        raise BadCursor from None
    if not (isinstance(said, list) and len(said) > 1 and all(isinstance(s, str) for s in said)):
        raise BadCursor
    mark, *place = said
    if mark != mark_of(question) or any("\0" in part for part in place):
        raise BadCursor
    return tuple(place)
