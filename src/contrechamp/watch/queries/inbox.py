"""The review room: findings by the document that holds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Min, Q, QuerySet

from contrechamp.census import published as census
from contrechamp.foundation.vocabulary import label
from contrechamp.kernel.names import fold
from contrechamp.watch.domain import public
from contrechamp.watch.domain.lessons import Doubt
from contrechamp.watch.models import Found, Verdict

from .lessons import doubt
from .wording import Row, rows_of

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

CONFIDENT = 0.95
"""From here on findings of a document are offered for acceptance in one go."""
MOST_SUGGESTIONS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A document with findings in one state."""

    sha256: str
    title: str
    url: str
    published_on: date | None
    count: int
    sure_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A record of the census that a finding may be about, and why."""

    id: str
    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A finding as a reviewer reads it."""

    id: str
    title: str
    state: str
    page: int | None
    last_page: int | None
    url: str
    """The page of the document: here when it is kept here, else where it was published."""
    percent: int
    rows: Sequence[Row]
    warnings: Sequence[str]
    duplicate_of: str
    is_mine: bool
    """Accepted by the person who looks: somebody else must publish it."""
    doubt: Doubt
    """What earlier rejections say of a finding such as this."""
    suggestions: Sequence[Suggestion] = field(default=())


def counts() -> dict[str, int]:
    """Return how many findings are in each state."""
    rows = Found.objects.values_list("state").annotate(count=Count("pk"))
    return dict(rows)


def groups(state: str) -> QuerySet[Found, Any]:
    """Return the documents that hold findings in a state, the newest published first."""
    return (
        Found.objects.filter(state=state)
        .values("sha256")
        .annotate(
            count=Count("pk"),
            sure_count=Count("pk", filter=Q(confidence__gte=CONFIDENT)),
            published=Max("published_on"),
            first=Min("pk"),
        )
        .order_by("-published", "sha256")
    )


def shown_groups(rows: Sequence[dict[str, Any]]) -> list[Group]:
    """Return groups with the titles of their documents."""
    firsts = Found.objects.in_bulk([row["first"] for row in rows])
    found = []
    for row in rows:
        document = firsts[row["first"]].data["document"]
        found.append(
            Group(
                sha256=row["sha256"],
                title=document.get("title") or document["path"],
                url=document.get("url") or "",
                published_on=row["published"],
                count=row["count"],
                sure_count=row["sure_count"],
            )
        )
    return found


def find_group(sha256: str, state: str) -> Group | None:
    """Return one document with findings in a state, or None."""
    rows = list(groups(state).filter(sha256=sha256))
    return shown_groups(rows)[0] if rows else None


def of_document(sha256: str, state: str) -> QuerySet[Found]:
    """Return the findings of a document in a state, in the order of its pages."""
    return Found.objects.filter(sha256=sha256, state=state).order_by("position", "pk")


def sure(sha256: str) -> list[str]:
    """Return the findings of a document that wait, are read with confidence and not in doubt."""
    rows = of_document(sha256, Found.State.WAITING).filter(
        confidence__gte=CONFIDENT, duplicate_of=""
    )
    return [found.pk for found in rows if not doubt(found.data).is_strong]


def lines(rows: Sequence[Found], reader: User, *, suggest: bool = True) -> list[Line]:
    """Return findings as a reviewer reads them."""
    return [_line(found, reader, suggest=suggest) for found in rows]


def newest_act(act: str) -> QuerySet[Verdict]:
    """Return what was decided in one act and can still be undone."""
    return Verdict.objects.filter(act=act, undone_at=None)


def _line(found: Found, reader: User, *, suggest: bool) -> Line:
    finding = public.corrected(found.data, found.edited)
    locator = finding.get("locator") or {}
    page = locator.get("page")
    address = finding["document"].get("url") or ""
    return Line(
        id=found.pk,
        title=public.title(finding, label("watched", finding["technology"])),
        state=found.state,
        page=page,
        last_page=locator.get("last_page"),
        url=f"{address}#page={page}" if address and page else address,
        percent=round(found.confidence * 100),
        rows=rows_of(finding, found.edited),
        warnings=finding.get("warnings") or (),
        duplicate_of=found.duplicate_of,
        is_mine=found.accepted_by_id == reader.pk,
        doubt=doubt(finding),
        suggestions=_suggestions(found, finding) if suggest else (),
    )


def _suggestions(found: Found, finding: dict[str, Any]) -> list[Suggestion]:
    """Records that the same file number, beneficiary, supplier or commune point to."""
    kind = "contract" if finding.get("contract") else "project"
    wanted: dict[str, str] = {}
    for other in _akin(found, finding):
        wanted.setdefault(other.project, other.data["document"].get("title") or other.pk)
    found_records = census.find_records(wanted)
    suggested = [
        Suggestion(id=key, name=record.name, why=wanted[key])
        for key, record in found_records.items()
        if record.kind == kind
    ]
    beneficiary = fold((finding.get("beneficiary") or {}).get("printed") or "")
    keys = public.territories(finding)
    for record in census.records_in(keys, kind)[:200] if keys else ():
        is_same = beneficiary and beneficiary in fold(record.name)
        if is_same and record.id not in found_records:
            suggested.append(Suggestion(id=record.id, name=record.name, why=""))
    return suggested[:MOST_SUGGESTIONS]


def _akin(found: Found, finding: dict[str, Any]) -> list[Found]:
    others = (
        Found.objects.exclude(project="")
        .exclude(pk=found.pk)
        .filter(departement=found.departement, technology=found.technology)
    )
    numbers = set(finding.get("file_numbers") or ())
    contract = finding.get("contract") or {}
    buyer = (contract.get("buyer") or {}).get("siret")
    return [
        other
        for other in others.order_by("-found_at")[:300]
        if (numbers & set(other.data.get("file_numbers") or ()))
        or (buyer and ((other.data.get("contract") or {}).get("buyer") or {}).get("siret") == buyer)
    ]
