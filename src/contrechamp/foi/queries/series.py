"""Series of like requests: who is in one, who could be, and what of it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from contrechamp.foi.domain import series as rules
from contrechamp.foi.domain.facts import Kind, of_kind, standing
from contrechamp.foi.domain.referral import Piece
from contrechamp.foi.domain.series_papers import Annex, annex
from contrechamp.foi.domain.states import State
from contrechamp.foi.models import Request, Series, SeriesMember

from .access import editable_by
from .drafting import object_key
from .facts import facts_of, status_of
from .letters import addressee_of
from .pieces import Enclosure, enclosures

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A member as its page shows it: the law's view beside what is kept of it."""

    kept: SeriesMember
    member: rules.Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Out:
    """A member that the referral does not cover."""

    row: Row
    code: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A series as it stands on a day."""

    series: Series
    covered: rules.Series
    rows: Sequence[Row]
    """Whom a referral covers, the most urgent first."""
    out: Sequence[Out]
    absent: Sequence[Row]
    """Those that the CADA's receipt does not list: to be referred apart."""
    on: date

    @property
    def pilot(self) -> Request | None:
        """The request whose refusal the CADA is seized of."""
        return self.series.pilot

    @property
    def waiting(self) -> list[Row]:
        """Those that nobody has informed yet."""
        return [row for row in self.rows if not row.kept.informed_on]


def find_series(key: str, user: User) -> Series:
    """Return a series that somebody sees to; raise `Http404` for any other."""
    rows = Series.objects.select_related("pilot", "pilot__body", "author")
    rows = rows if user.is_editor else rows.filter(author=user)
    found = rows.filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def like(request: Request, user: User) -> list[Request]:
    """Return the requests that could make a series with one, itself included.

    Same requester and same documents, different bodies, sent, and not at the CADA already.
    """
    if request.requester_id is None or request.sent_on is None:
        return []
    key, found = object_key(request), dict[str, Request]()
    rows = open_requests(user).filter(requester=request.requester_id).prefetch_related("items")
    for row in rows.order_by("sent_on", "pk"):
        if row.body_id and object_key(row) == key:
            found.setdefault(row.body_id, row)
    if request.body_id in found:
        found[request.body_id] = request
    return list(found.values())


def open_requests(user: User) -> QuerySet[Request]:
    """Return the requests of somebody that have left, and that no referral has reached."""
    done = (State.CADA_PENDING, State.CADA_FILED, State.CADA_INCOMPLETE, State.REFUSAL_CONFIRMED)
    ended = (State.SATISFIED, State.WITHDRAWN, State.LITIGATION, State.ENFORCE, State.CLOSED_LOST)
    in_one = SeriesMember.objects.filter(Q(is_accepted=None) | Q(is_accepted=True), left_out="")
    return (
        editable_by(user)
        .exclude(sent_on=None)
        .exclude(state__in=(*done, *ended))
        .exclude(pk__in=in_one.values("request"))
    )


def standing_of(series: Series, *, now: datetime) -> Standing:
    """Return whom a referral covers and whom not. Once filed, that is as it was on that day."""
    today = localdate(now)
    on = series.filed_on or today
    proof = _proof(series.pilot) if series.pilot else ""
    rows = [
        Row(
            kept=kept,
            member=member_of(
                kept, proof=proof if kept.request_id == series.pilot_id else "", now=now
            ),
        )
        for kept in series.members.select_related("request", "request__body").order_by("pk")
    ]
    by_key = {row.member.request: row for row in rows}
    inside = [row.member for row in rows if not row.kept.left_out]
    if series.filed_on is None:
        covered = rules.gather(inside, on)
    else:
        inside.sort(key=lambda each: (each.act_by_safe or date.max, each.body_name))
        covered = rules.Series(members=tuple(inside), left_out=())
    out = [
        Out(row=by_key[each.member.request], code=each.code, sentence=each.sentence)
        for each in covered.left_out
    ]
    out += [
        Out(row=row, code=row.kept.left_out, sentence=rules.REASONS[row.kept.left_out])
        for row in rows
        if row.kept.left_out
    ]
    return Standing(
        series=series,
        covered=covered,
        rows=[by_key[each.request] for each in covered.members],
        out=out,
        absent=[row for row in rows if row.kept.is_accepted is False],
        on=on,
    )


def member_of(kept: SeriesMember, *, proof: str = "", now: datetime) -> rules.Member:
    """Return a request of a series as the rules see it."""
    request = kept.request
    facts = standing(facts_of(request))
    status, _ = status_of(request, now=now)
    refused = of_kind(facts, Kind.REFUSED, Kind.PARTIAL)
    window = status.dates.items.get("cada")
    is_silent = not refused and (
        status.rests_on_silence or (bool(of_kind(facts, Kind.CADA_FILED)) and window is not None)
    )
    who, body = addressee_of(request), request.body
    return rules.Member(
        request=request.pk,
        body=request.body_id or "",
        body_name=body.name if body else "",
        number=body.siren if body else "",
        email=who.email,
        postal=who.address,
        asked_on=request.sent_on or now.date(),
        refused_on=refused[0].first if refused else None,
        silent_from=window.not_before if is_silent and window else None,
        act_by_safe=window.act_by_safe if window else None,
        proof=proof,
        informed_on=kept.informed_on,
        proof_of_notice=kept.notice,
    )


def proof_name(each: Enclosure, pilot: Request) -> str:
    """Name a file of the pilot as the annex names it."""
    stem = {Piece.REQUEST: "demande", Piece.REFUSAL: "refus"}.get(each.line.kind)
    ending = each.line.name.rpartition(".")[2]
    return f"{stem}-{pilot.pk}.{ending}" if stem else each.line.name


def _proof(pilot: Request) -> str:
    """Return the file that proves the pilot's refusal: its copy, or the unanswered request."""
    facts = standing(facts_of(pilot))
    wanted = Piece.REFUSAL if of_kind(facts, Kind.REFUSED, Kind.PARTIAL) else Piece.REQUEST
    files = (each for each in enclosures(pilot) if each.line.kind is wanted)
    return next((proof_name(each, pilot) for each in files), "")


def annex_of(found: Standing, *, now: datetime) -> Annex:
    """Return the annex that the law asks for, with whom the referral covers."""
    return annex(
        found.covered,
        about=found.series.title,
        reference=found.series.pk,
        day=found.series.filed_on or localdate(now),
    )


def memberships(request: Request) -> QuerySet[SeriesMember]:
    """Return the series that a request is in."""
    return request.memberships.select_related("series").order_by("-series__made_at")
