"""What stands in the address of a graph, made valid. Nothing there is an error."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

KINDS = ("project", "actor", "technology", "contract", "place")
STATUSES = ("verified", "documented", "alleged", "contradicted")
LONGEST = 200
MOST_GIVEN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Which part of the graph is to be seen."""

    around: str = ""
    depth: int = 1
    relations: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    technology: str = ""
    territory: str = ""
    group: str = ""
    first: int | None = None
    last: int | None = None
    with_undated: bool = True
    with_money: bool = False

    @property
    def is_filtered(self) -> bool:
        return bool(
            self.relations
            or self.kinds
            or self.statuses
            or self.technology
            or self.territory
            or self.has_period
        )

    @property
    def has_period(self) -> bool:
        return self.first is not None or self.last is not None

    @property
    def year(self) -> int | None:
        """Return the year that is seen, if it is one."""
        return self.first if self.first == self.last else None


def read_ask(data: QueryDict) -> Ask:
    """Return what an address asks for."""
    first, last = _year(data.get("de", "")), _year(data.get("a", ""))
    if at := _year(data.get("au", "")):
        first = last = at
    if first is not None and last is not None and first > last:
        first, last = last, first
    return Ask(
        around=data.get("autour", "").strip()[:LONGEST],
        depth=2 if data.get("profondeur") == "2" else 1,
        relations=tuple(value[:40] for value in data.getlist("relation") if value),
        kinds=tuple(value for value in data.getlist("type") if value in KINDS),
        statuses=tuple(value for value in data.getlist("statut") if value in STATUSES),
        technology=data.get("technologie", "")[:40],
        territory=data.get("territoire", "").strip()[:LONGEST],
        group=data.get("groupe", "")[:40],
        first=first,
        last=last,
        with_undated=(first is None and last is None) or "sans_date" in data,
        with_money=data.get("largeur") == "montant",
    )


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else None


def read_given(data: QueryDict) -> list[str]:
    """Return the records whose neighbours are asked for, as they were typed."""
    texts = [text.strip()[:LONGEST] for key in ("de", "a") for text in data.getlist(key)]
    return list(dict.fromkeys(text for text in texts if text))[:MOST_GIVEN]


def read_kind(data: QueryDict) -> str:
    """Return the kind of record that is asked for, or nothing."""
    kind = data.get("type", "")
    return kind if kind in KINDS else ""
