"""What stands in the address of a graph, made valid. Nothing there is an error."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

KINDS = ("project", "actor", "technology", "contract", "place")
STATUSES = ("verified", "documented", "alleged", "contradicted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Which part of the graph is to be seen."""

    around: str = ""
    depth: int = 1
    relations: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    technology: str = ""
    group: str = ""
    first: int | None = None
    last: int | None = None
    with_undated: bool = True

    @property
    def is_filtered(self) -> bool:
        return bool(
            self.relations
            or self.kinds
            or self.statuses
            or self.technology
            or self.first
            or self.last
        )


def read_ask(data: QueryDict) -> Ask:
    """Return what an address asks for."""
    first, last = _year(data.get("de", "")), _year(data.get("a", ""))
    if at := _year(data.get("au", "")):
        first = last = at
    return Ask(
        around=data.get("autour", "").strip()[:200],
        depth=2 if data.get("profondeur") == "2" else 1,
        relations=tuple(value[:40] for value in data.getlist("relation") if value),
        kinds=tuple(value for value in data.getlist("type") if value in KINDS),
        statuses=tuple(value for value in data.getlist("statut") if value in STATUSES),
        technology=data.get("technologie", "")[:40],
        group=data.get("groupe", "")[:40],
        first=first,
        last=last,
        with_undated=(first is None and last is None) or "sans_date" in data,
    )


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else None
