"""Facts of invented requests, in few words."""

from __future__ import annotations

from datetime import date
from itertools import count

from contrechamp.foi.domain.facts import Fact, Kind, Proof
from contrechamp.foi.domain.states import Silence, Status, status

READ = Silence(is_verified=True)
UNREAD = Silence(is_verified=False, blockers=("stale_check",))
_numbers = count(1)


def day(text: str) -> date:
    """Return a day of 2026 written `01-15`, or of another year written whole."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def known(
    kind: Kind,
    on: str,
    last: str = "",
    *,
    proof: Proof = Proof.SAID,
    values: dict[str, object] | None = None,
    **more: object,
) -> Fact:
    """Return a fact."""
    first = day(on)
    return Fact(
        id=f"fct-{next(_numbers):010}",
        kind=kind,
        first=first,
        last=day(last) if last else first,
        proof=proof,
        values={**(values or {}), **more},
    )


def sent(on: str = "01-15", *, received: str = "") -> list[Fact]:
    """Return a request that was sent, with the acknowledgement that dates its receipt."""
    facts = [known(Kind.READY, on), known(Kind.SENT, on)]
    if received:
        facts.append(
            known(
                Kind.ACKNOWLEDGED,
                received,
                proof=Proof.ACKNOWLEDGEMENT,
                received=str(day(received)),
            )
        )
    return facts


def at_cada(registered: str = "03-10") -> list[Fact]:
    """Return a request refused by silence whose referral was registered."""
    return [
        *sent(received="01-15"),
        known(Kind.CADA_FILED, "03-01"),
        known(Kind.CADA_REGISTERED, registered, number="20261234"),
    ]


def seen(facts: list[Fact], on: str, silence: Silence = READ) -> Status:
    """Return where a request stands on a day."""
    return status(facts, today=day(on), silence=silence)
