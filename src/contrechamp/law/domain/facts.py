"""What is known: dated facts of a file, each a civil day of Paris or the days that it may be.

A fact is never a deadline. How sure a day is comes from its proof (`receipt`): an interval then,
of which the first day serves for "must act by" and the last for "may act from".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from contrechamp.kernel.errors import Refused, gettext_noop

CALCULATOR = (
    *("received", "refusal_notified", "cada_registered", "notified", "implied_decision"),
    *("motives_asked", "motives_given", "published", "gracieux_received", "complaint_received"),
    *("cctv_authorised", "cctv_applied", "recorded"),
)
"""The events of the command, of the interface and of the calculator's page, in the order shown."""

FILED = (
    *("received_first", "completion_asked", "completion_done", "partial_answer"),
    *("opinion_received", "legal_aid_asked", "legal_aid_decided", "judgment_notified"),
    *("act_enforceable", "act_transmitted", "suspension_refused", "suspension_unfounded"),
    *("liberty_filed", "liberty_ruled", "contract_publicised", "contract_known", "repeal_asked"),
    *("appealable_notified", "complaint_progress", "closing_notified", "right_exercised"),
)
"""Events that only the file of a request or of an action knows.

`received_first`: a body that was not competent received it first (U3). `completion_asked` and
`completion_done`: pieces required by a text were missing (D6). `partial_answer`: something was
given and the rest not refused in writing, so that two days are arguable. `opinion_received`: the
authority received the opinion (D11); it moves no date of a court. `legal_aid_asked` and `_decided`
(D21). `judgment_notified` (D22, T17, T18), of a judgment with cassation alone;
`appealable_notified` of one with an appeal. `act_enforceable`, `act_transmitted`: of a local act
that the prefect may be asked to refer (T5). `suspension_refused`: an order on a suspension,
whatever its reason (T7b); `suspension_unfounded`: one for want of a serious doubt (T7).
`liberty_filed` and
`liberty_ruled` (T8). `contract_publicised`, `contract_known` (T10). `repeal_asked` (T11).
`complaint_progress` (C3), `closing_notified` (C6), `right_exercised` (C7).
"""

WITHOUT_EFFECT = (
    *("sent", "follow_up", "reminder", "read_receipt", "automatic_answer", "acknowledged"),
    *("clarification_asked", "fee_asked", "transmitted", "opinion", "prefect_asked"),
)
"""Facts that are told so that nobody wonders: not one date moves with them (D20, U6)."""

KNOWN = frozenset((*CALCULATOR, *FILED, *WITHOUT_EFFECT))


class UnknownEvent(Refused):
    """The law draws nothing from an event of this name."""


class NotADay(Refused):
    """What was given is not a day of the calendar."""


class GivenTwice(Refused):
    """One event, two days: only the person can say which."""


class NothingGiven(Refused):
    """No event, no date."""


class ImpossibleOrder(Refused):
    """An answer before its question."""


@dataclass(frozen=True, slots=True)
class Event:
    """One fact: its name and the days that it may be, both included; one day when `last` is none.

    Raises UnknownEvent for a name that is not in `KNOWN`, ImpossibleOrder when `last` is before
    `first`.
    """

    name: str
    first: date
    last: date = date.min

    def __post_init__(self) -> None:
        if self.name not in KNOWN:
            raise UnknownEvent(
                gettext_noop("L'événement « {name} » n'existe pas. Choisissez parmi : {names}."),
                name=self.name,
                names=", ".join(CALCULATOR),
            )
        if self.last == date.min:
            object.__setattr__(self, "last", self.first)
        if self.last < self.first:
            raise ImpossibleOrder(
                gettext_noop(
                    "Pour « {name} », le dernier jour possible ({last}) précède le premier "
                    "({first}) : vérifiez les deux dates."
                ),
                name=self.name,
                first=self.first,
                last=self.last,
            )


def one_of_each(events: Iterable[Event]) -> Mapping[str, Event]:
    """Return events by name. Raises GivenTwice and NothingGiven."""
    found: dict[str, Event] = {}
    for event in events:
        if event.name in found:
            raise GivenTwice(
                gettext_noop("L'événement « {name} » est donné deux fois : gardez une seule date."),
                name=event.name,
            )
        found[event.name] = event
    if not found:
        raise NothingGiven(
            gettext_noop(
                "Il faut au moins un événement et sa date, par exemple received=2026-01-15 "
                "(demande reçue ce jour-là)."
            )
        )
    return found
