"""What the directory holds, in numbers: for `contrechamp directory check` and its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from contrechamp.directory.domain.freshness import STALE_AFTER
from contrechamp.directory.domain.kinds import AddressKind, Known
from contrechamp.directory.domain.mailboxes import Fault, fault_of, typo_of
from contrechamp.directory.models import Address

from .bodies import living
from .history import open_proposals, quarantined

MAILS = (AddressKind.PRADA, AddressKind.SERVICE, AddressKind.GENERAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What there is, and what is wrong with it."""

    bodies: int
    by_kind: dict[str, int]
    addresses: int
    mailboxes: int
    personal: int
    quarantined: int
    stale: int
    typos: int
    malformed: int
    reserved: int
    unreachable: int
    officers_missing: int
    officers_unknown: int
    proposals: int


def state(today: date) -> State:
    """Count everything; some seconds for a whole directory."""
    in_use = Address.objects.filter(superseded_at=None)
    mails = in_use.filter(kind__in=MAILS)
    faults = dict.fromkeys(Fault, 0)
    for value in mails.values_list("value", flat=True).iterator():
        fault = fault_of(value)
        if fault:
            faults[Fault.TYPO if typo_of(value) else fault] += 1
    old = today - STALE_AFTER
    never = Q(last_success_on=None) | Q(last_success_on__lt=old)
    stale = in_use.filter(never).filter(Q(verified_on=None) | Q(verified_on__lt=old))
    needed = living().filter(needs_access_officer=Known.YES)
    reachable = in_use.filter(quarantined_at=None).values("body")
    kinds = living().values_list("kind").annotate(count=Count("pk")).order_by("kind")
    return State(
        bodies=living().count(),
        by_kind=dict(kinds),
        addresses=in_use.count(),
        mailboxes=mails.count(),
        personal=mails.filter(is_personal=True).count(),
        quarantined=quarantined().count(),
        stale=stale.filter(Q(seen_on=None) | Q(seen_on__lt=old)).count(),
        typos=faults[Fault.TYPO],
        malformed=faults[Fault.MALFORMED],
        reserved=faults[Fault.RESERVED],
        unreachable=living().exclude(pk__in=reachable).count(),
        officers_missing=needed.filter(has_access_officer=Known.NO).count(),
        officers_unknown=needed.filter(has_access_officer=Known.UNKNOWN).count(),
        proposals=open_proposals().count(),
    )
