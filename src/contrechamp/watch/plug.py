"""What the watch offers to search, the menu and the pages below: read from `published` only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from urllib.parse import quote

from contrechamp.foundation.plug import Copied, Entry, Findable, MenuItem, Onward, Panel
from contrechamp.foundation.vocabulary import terms
from contrechamp.kernel.errors import gettext_noop

from . import published
from .shown.records import panel

ACT = "watch:act:"
PART = 500
TERRITORIES = ("commune", "arrondissement", "epci", "departement", "region")


def all_acts() -> Iterator[Entry]:
    """Yield every public act."""
    rows = published.all_acts()
    while part := list(islice(rows, PART)):
        yield from _entries(part)


def some_acts(refs: Sequence[str]) -> Iterator[Entry]:
    """Yield those of the acts that are public."""
    yield from _entries(published.some_acts([ref.removeprefix(ACT) for ref in refs]))


def _entries(acts: Iterable[published.Act]) -> Iterator[Entry]:
    for act in acts:
        evidence = act.data.get("evidence") or {}
        numbers = [act.act_number, act.order_number, *(act.data.get("file_numbers") or ())]
        census = (terms("watched").get(act.technology) or {}).get("census")
        yield Entry(
            ref=f"{ACT}{act.id}",
            kind="act",
            title=act.title,
            text=" ".join(proof.get("quote") or "" for proof in evidence.values())[:5000],
            url=act.url,
            also=" ".join([*filter(None, numbers), *(name for _, name in act.companies)]),
            places=(*act.territories, *act.holders),
            technologies=(census,) if census else (),
            date=act.published_on or act.signed_on,
            at=act.shown_at,
            amount=float(act.amount) if act.amount is not None else None,
        )


def _follow(key: str) -> str:
    kind, _, code = key.partition(":")
    return (
        f"/actes/flux.atom?departement={code}"
        if kind == "departement"
        else (f"/actes/flux.atom?lieu={quote(key, safe=':')}")
    )


def _of_record(key: str) -> str:
    return f"/actes/fiche/{key}"


PLUG = (
    Findable(prefix=ACT, entries=all_acts, some=some_acts),
    MenuItem(label=gettext_noop("Actes"), url_name="watch:week", order=40, key="g a"),
    MenuItem(
        label=gettext_noop("Mes alertes"), url_name="watch:alerts", audience="members", order=62
    ),
    MenuItem(
        label=gettext_noop("Découvertes"), url_name="watch:inbox", audience="editors", order=71
    ),
    Onward(
        label=gettext_noop("Suivre les actes (flux)"), kinds=TERRITORIES, address=_follow, order=40
    ),
    Panel(kinds=(*TERRITORIES, "actor", "technology"), draw=panel, order=30),
    Copied(url_name="watch:week", questions=(("page",), ("departement",), ("departement", "page"))),
    Copied(url_name="watch:open", questions=(("page",),)),
    Copied(url_name="watch:renewals", questions=(("page",),)),
    Copied(url_name="watch:alerts", is_live=True),
)
