"""What is against exporting a case, in sentences, before anybody waits for it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from contrechamp.cases.domain.filing import Finding
from contrechamp.cases.models import Action, Bundle
from contrechamp.cases.services.bundles import prepare
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

LATER = frozenset({"not_checked"})
"""What the assembling itself looks for."""
CLOSED = "window_closed"
MOST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """Sentences that forbid, sentences that are only said; whether a reason would open it."""

    forbids: tuple[str, ...]
    notes: tuple[str, ...]
    count_of_notes: int
    """Those that are not shown too."""
    late: str
    """The sentence of a window that is over; empty: it is not."""
    count: int
    """Exhibits."""

    @property
    def more(self) -> int:
        """Return how many notes are not shown."""
        return self.count_of_notes - len(self.notes)


def checks_of(action: Action, reader: User, *, now: datetime) -> Checks:
    """Return what forbids a bundle now, and what is only said. Office files are looked at later."""
    found = prepare(action, actor=reader, now=now, is_looking=False)
    hard = [each for each in found.found if each.forbids and each.code not in LATER | {CLOSED}]
    soft = [each for each in found.found if not each.forbids or each.code in LATER]
    late = next((each for each in found.found if each.code == CLOSED), None)
    return Checks(
        forbids=tuple(_sentence(each) for each in hard),
        notes=tuple(_sentence(each) for each in soft[:MOST]),
        count_of_notes=len(soft),
        late=_sentence(late) if late else "",
        count=len(found.pieces),
    )


def _sentence(finding: Finding) -> str:
    return say(Refused(finding.sentence, about=finding.about))


def why_failed(row: Bundle) -> str:
    """Return why a bundle was not made, in the reader's language; empty where it was."""
    if not row.message:
        return ""
    told = json.loads(row.message)
    return say(Refused(told["sentence"], **told["values"]))
