"""Two persons: one proposes, another confirms, and what destroys waits, so that any may stop it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from contrechamp.kernel.errors import Refused, TooEarly, TooLate, gettext_noop


class Act(StrEnum):
    """What needs two readers."""

    DESTROY = "DESTROY"
    PROMOTE = "PROMOTE"


WAIT, SPAM_WAIT = timedelta(hours=24), timedelta(hours=1)
"""Between the second word and the end of a dossier, for any reader to stop it."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was proposed of a dossier. Readers are their codes; moments are aware."""

    act: Act
    proposed_by: str
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    stopped_by: str = ""
    is_spam: bool = False
    is_done: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something can still be said of it."""
        return not (self.is_done or self.stopped_by)

    @property
    def due_at(self) -> datetime | None:
        """When it takes effect; None until it is confirmed."""
        if self.confirmed_at is None:
            return None
        if self.act is Act.PROMOTE:
            return self.confirmed_at
        return self.confirmed_at + (SPAM_WAIT if self.is_spam else WAIT)


def check_confirming(proposal: Proposal, reader: str) -> None:
    """Raise unless this reader may give the second word."""
    if not proposal.is_open:
        raise TooLate(gettext_noop("Cette proposition est close."))
    if proposal.confirmed_by:
        raise TooLate(gettext_noop("Une deuxième personne a déjà confirmé."))
    if reader == proposal.proposed_by:
        raise Refused(
            gettext_noop("Vous l'avez proposé : c'est à une autre personne de confirmer.")
        )


def check_stopping(proposal: Proposal) -> None:
    """Raise unless there is still something to stop."""
    if not proposal.is_open:
        raise TooLate(gettext_noop("Cette proposition est close : il n'y a plus rien à arrêter."))


def check_due(proposal: Proposal, now: datetime) -> None:
    """Raise unless two readers said so and the time to stop it is over."""
    if not proposal.is_open:
        raise TooLate(gettext_noop("Cette proposition est close."))
    due = proposal.due_at
    if due is None:
        raise TooEarly(gettext_noop("Une deuxième personne n'a pas encore confirmé."))
    if now < due:
        raise TooEarly(gettext_noop("Le délai pour arrêter la destruction n'est pas passé."))
