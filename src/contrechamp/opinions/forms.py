"""What a visitor asks of the list of opinions, read from an address: nothing there is refused."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from contrechamp.opinions.domain import read_query
from contrechamp.opinions.domain.kinds import Kind, kind_of
from contrechamp.opinions.domain.outcomes import Outcome
from contrechamp.opinions.queries import Filter, understood

LONGEST = 200
ALL = "tous"
SLUGS = {
    "favorable": Outcome.FAVOURABLE,
    "reserves": Outcome.RESERVES,
    "defavorable": Outcome.UNFAVOURABLE,
    "sans-objet": Outcome.WITHOUT_OBJECT,
    "irrecevable": Outcome.INADMISSIBLE,
    "incompetence": Outcome.NOT_COMPETENT,
    "autre": Outcome.OTHER,
    "non-lu": Outcome.NOT_READ,
}
"""What stands for each outcome in an address."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to the list, as it was typed and as it is answered."""

    values: dict[str, str]
    """What was asked, by the names of the address; what means nothing is not there."""
    filter: Filter
    kind: Kind | None
    mended: dict[str, str]
    """Words that no opinion holds, and what was looked for instead."""

    @property
    def query(self) -> str:
        """Return the question as the end of an address, without its `?`."""
        return urlencode(self.values)

    def without(self, *names: str, **other: str) -> str:
        """Return the address's end with some answers left out and others given."""
        kept = {name: value for name, value in self.values.items() if name not in names} | other
        return f"?{urlencode(kept)}" if kept else ""


def read_ask(data: QueryDict) -> Ask:
    """Return the question of an address."""
    typed = {name: data.get(name, "").strip()[:LONGEST] for name in ("q", "administration")}
    kind, slug, year = kind_of(data.get("document", "")), data.get("issue", ""), data.get("annee")
    number = int(year) if year and year.isdecimal() and len(year) == 4 else 0
    is_all = data.get("sujet") == ALL
    words, mended = understood(typed["q"])
    values = {
        "q": typed["q"],
        "administration": typed["administration"],
        "document": kind.slug if kind else "",
        "issue": slug if slug in SLUGS else "",
        "annee": str(number) if number else "",
        "sujet": ALL if is_all else "",
    }
    body = read_query(typed["administration"])
    return Ask(
        values={name: value for name, value in values.items() if value},
        filter=Filter(
            words=words if words.match else None,
            administration=body if body.match else None,
            kind=kind.number if kind else 0,
            outcome=SLUGS[slug].value if slug in SLUGS else "",
            year=number,
            only_surveillance=not is_all,
        ),
        kind=kind,
        mended=mended,
    )
