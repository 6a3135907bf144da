"""The numbers of bodies as pages and tables say them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext

from contrechamp.foi.domain.counting import Counted
from contrechamp.foi.domain.plots import Part, rounded, stack
from contrechamp.foi.domain.statistics import LEAST, Rate, Refusal
from contrechamp.foi.queries.tallies import Line

from .number_words import code_words, reason_words

COLUMNS = (
    "figure",
    "code",
    "mots",
    "nombre",
    "sur",
    "part",
    "part_basse",
    "part_haute",
    "compte_le",
)
LEAGUE = (
    "rang",
    "rang_meilleur",
    "rang_pire",
    "administration",
    "nom",
    "departement",
    "demandes",
    "reponses_dans_le_mois",
    "demandes_au_mois_revolu",
    "part",
    "part_basse",
    "part_haute",
    "adresse",
)
Key = TypeVar("Key", bound=str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One line of a table with its small bar."""

    code: str
    words: str
    count: int
    percent: int
    share: int
    """Of the longest, in percent, for the bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """What a page of numbers shows."""

    known: Counted
    parts: Sequence[Part]
    outcomes: Sequence[Bar]
    refusals: Sequence[Bar]
    reasons: Sequence[Bar]
    senses: Sequence[Bar]
    courts: Sequence[Bar]

    @property
    def is_little(self) -> bool:
        """Answer whether too few months are over to say much."""
        return self.known.figures.month_over < LEAST


def numbers_of(known: Counted) -> Numbers:
    """Return what a page shows of what was counted."""
    found = known.figures
    refusals = {code: n for code, n in found.refusals.items() if code is not Refusal.NONE}
    return Numbers(
        known=known,
        parts=stack(found.outcomes),
        outcomes=_bars(found.outcomes),
        refusals=_bars(refusals),
        reasons=_bars(known.reasons, are_reasons=True),
        senses=_bars(found.cada_senses),
        courts=_bars(found.courts),
    )


def _bars(counts: Mapping[Key, int], *, are_reasons: bool = False) -> list[Bar]:
    kept = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    percents = rounded([n for _, n in kept])
    most = max((n for _, n in kept), default=1)
    words = reason_words if are_reasons else code_words
    return [
        Bar(code=str(code), words=words(code), count=n, percent=each, share=round(100 * n / most))
        for (code, n), each in zip(kept, percents, strict=True)
    ]


def rows_of(shown: Numbers) -> Iterator[Sequence[object]]:
    """Yield the numbers as a long table: a figure, its code, its words, its count."""
    known, found = shown.known, shown.known.figures
    on = known.on.isoformat()

    def row(figure: str, code: str, words: str, count: object) -> Sequence[object]:
        return (figure, code, words, count, "", "", "", "", on)

    yield row("requests", "counted", gettext("demandes comptées"), found.requests)
    yield row("requests", "left_out", gettext("demandes non comptées"), known.left_out)
    yield row("requests", "month_over", gettext("mois révolu"), found.month_over)
    rates: Sequence[tuple[str, str, Rate]] = (
        ("in_month", gettext("réponse dans le mois"), found.in_month),
        ("ever", gettext("réponse à ce jour"), found.ever),
        ("silent", gettext("silence au bout du mois"), found.silent),
    )
    for code, words, rate in rates:
        bounds, share = rate.bounds, rate.share
        yield (
            *("rate", code, words, rate.hits, rate.cases, _short(share)),
            *(_short(bounds.low if bounds else None), _short(bounds.high if bounds else None), on),
        )
    quartiles = ((25, found.quartile), (50, found.median), (75, found.upper_quartile))
    for share_of, day in quartiles:
        words = gettext("jours au bout desquels cette part a une réponse")
        yield row("days", f"{share_of}", words, "" if day is None else day)
    yield row("cada", "filed", gettext("CADA saisie"), found.cada_filed)
    bars = (
        ("outcome", shown.outcomes),
        ("refusal", shown.refusals),
        ("reason", shown.reasons),
        ("cada_opinion", shown.senses),
        ("court", shown.courts),
    )
    for figure, lines in bars:
        for bar in lines:
            yield row(figure, bar.code, bar.words, bar.count)
    for drawn in known.distribution.bars:
        yield row("days_class", drawn.label, gettext("réponses en autant de jours"), drawn.count)


def _short(share: float | None) -> object:
    return "" if share is None else round(share, 4)


def league_row(line: Line, site: str) -> Sequence[object]:
    """Return one body of the table, in the columns of `LEAGUE`."""
    rate = Rate(line.in_month, line.month_over)
    bounds = rate.bounds
    return (
        *(line.rank or "", line.best or "", line.worst or "", line.body, line.name),
        *(line.departement, line.requests, line.in_month, line.month_over, _short(rate.share)),
        *(_short(bounds.low if bounds else None), _short(bounds.high if bounds else None)),
        f"{site}/demandes/chiffres/{line.body}",
    )
