"""Public acts as rows of an export, with the days until which they can be challenged."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from contrechamp.census import published as census
from contrechamp.documents import queries as documents
from contrechamp.watch.domain.deadline import notice_day
from contrechamp.watch.models import PublicAct

from .acts import PART, Act, all_acts

Row = tuple[object, ...]


def act_rows() -> Iterator[Row]:
    """Yield one row for each public act, by identifier."""
    rows = all_acts()
    while part := list(islice(rows, PART)):
        kept = _documents([act.id for act in part])
        known = _known(part)
        for act in part:
            yield _row(act, *kept.get(act.id, ("", None)), known)


def _known(part: list[Act]) -> set[str]:
    """Return the projects and other acts that these lead to, of those that are public."""
    firsts = PublicAct.objects.filter(pk__in=[act.duplicate_of for act in part], withdrawn_at=None)
    return {*census.find_records(act.project for act in part), *firsts.values_list("pk", flat=True)}


def _row(act: Act, document: str, page: int | None, known: set[str]) -> Row:
    return (
        *(act.id, act.source, act.sort, act.technology, act.decision, act.title, act.title_en),
        *(act.departement, act.act_number, act.order_number, act.signed_on, act.published_on),
        *(act.act_by_safe, act.last_day, act.data.get("court") or "", act.expires_on),
        *(notice_day(act.expires_on) if act.expires_on else None, act.event_on, act.cameras),
        *(
            act.amount,
            document,
            page,
            *(key if key in known else "" for key in (act.duplicate_of, act.project)),
        ),
        act.url,
    )


def _documents(ids: list[str]) -> dict[str, tuple[str, int | None]]:
    """Return the document and page of each act, where anybody may read the document now."""
    rows = PublicAct.objects.filter(pk__in=ids).exclude(document="")
    said = {
        key: (document, page) for key, document, page in rows.values_list("pk", "document", "page")
    }
    readable = documents.public_titles(list({document for document, _ in said.values()}))
    return {key: found for key, found in said.items() if found[0] in readable}


def place_rows() -> Iterator[Row]:
    """Yield the territories of each act: those that it names, then those that hold them."""
    for act in all_acts():
        for territory in sorted(set(act.territories)):
            yield (act.id, territory, 1)
        for territory in sorted(set(act.holders) - set(act.territories)):
            yield (act.id, territory, 0)


def company_rows() -> Iterator[Row]:
    """Yield the companies that each act names."""
    for act in all_acts():
        for siren, name in sorted(set(act.companies)):
            yield (act.id, siren, name)
