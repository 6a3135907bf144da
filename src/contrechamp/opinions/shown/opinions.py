"""One opinion as a line of a list, as a page, as data and as a row of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext

from contrechamp.foundation.plug import offered
from contrechamp.opinions.domain import Citing, Kind, Mention, Outcome, kinds, masked, read_senses
from contrechamp.opinions.domain.known import known
from contrechamp.opinions.domain.outcomes import LABELS, MEANINGS, MOTIVE_LABELS
from contrechamp.opinions.models import Opinion

OFFICIAL = "https://www.data.gouv.fr/explore/cada/{number}/"
"""Where the State shows an opinion; the old address (cada.data.gouv.fr) leads there."""
SHORT = 260
COLUMNS = (
    *("numero", "seance", "annee", "administration", "type", "issue", "motifs", "objet"),
    *("documents", "surveillance", "adresse_officielle", "adresse"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """An opinion in a list."""

    opinion: Opinion
    url: str
    administration: str
    label: str
    """Its outcome, in words."""
    motives: tuple[str, ...]
    subject: str


@dataclass(frozen=True, slots=True)
class Page:
    """What the page of an opinion shows beside its line."""

    line: Line
    meaning: str
    summary: str
    """Ours, where the opinion is one that we cite."""
    senses: tuple[tuple[str, str, str], ...]
    """Class, motive, and the words as published."""
    kinds: tuple[tuple[str, str], ...]
    """Names and addresses of the kinds of documents it concerns."""
    paragraphs: tuple[str, ...]
    subject: str
    keywords: str
    themes: str
    official_url: str
    citing: tuple[tuple[str, tuple[Mention, ...]], ...]


def line_of(one: Opinion) -> Line:
    """Return an opinion as a line of a list."""
    subject = masked(one.subject) or _summary(one.pk)
    cut = subject if len(subject) <= SHORT else subject[:SHORT].rsplit(" ", 1)[0] + " …"
    return Line(
        opinion=one,
        url=f"/avis-cada/{one.pk}",
        administration=masked(one.administration) or gettext("administration non connue ici"),
        label=gettext(LABELS[Outcome(one.outcome)]),
        motives=tuple(gettext(MOTIVE_LABELS.get(code, code)) for code in one.motives),
        subject=cut,
    )


def page_of(one: Opinion) -> Page:
    """Return an opinion as its page shows it; names after a civil title are masked in all of it."""
    wording = getattr(one, "wording", None)
    senses, _ = read_senses(one.senses)
    return Page(
        line=line_of(one),
        meaning=gettext(MEANINGS[Outcome(one.outcome)]),
        summary=_summary(one.pk),
        senses=tuple(
            (
                gettext(LABELS[sense.outcome]),
                gettext(MOTIVE_LABELS[sense.motive]) if sense.motive else "",
                sense.published,
            )
            for sense in senses
        ),
        kinds=tuple((_label(kind), f"/avis-cada?document={kind.slug}") for kind in kinds_of(one)),
        paragraphs=tuple(re.split(r"\n\s*\n", masked(wording.text))) if wording else (),
        subject=masked(one.subject),
        keywords=masked(one.keywords),
        themes=masked(one.themes),
        official_url=official_url(one.pk),
        citing=_citing(one.pk),
    )


def official_url(number: str) -> str:
    """Return the address at which the State shows an opinion."""
    return OFFICIAL.format(number=number)


def kinds_of(one: Opinion) -> list[Kind]:
    """Return the kinds of documents that an opinion concerns, in the order of the catalogue."""
    numbers = {match.kind for match in one.matches.all()}
    return [kind for number, kind in kinds().items() if number in numbers]


def as_data(line: Line, site: str) -> dict[str, Any]:
    """Return an opinion as plain values, by the names of the columns of its table."""
    return dict(zip(COLUMNS, row_of(line, site), strict=True))


def row_of(line: Line, site: str) -> tuple[object, ...]:
    """Return an opinion as the cells of `COLUMNS`."""
    one = line.opinion
    return (
        *(one.pk, one.session_on or "", one.year or "", masked(one.administration)),
        *(one.get_kind_display(), line.label, " ; ".join(line.motives)),
        *(masked(one.subject), " ; ".join(_label(kind) for kind in kinds_of(one))),
        *(int(one.is_surveillance), official_url(one.pk), f"{site}{line.url}"),
    )


def _label(kind: Kind) -> str:
    return kind.label(get_language() or "fr")


def _summary(number: str) -> str:
    told = known().get(number)
    if told is None:
        return ""
    return told.en if (get_language() or "fr").startswith("en") else told.fr


def _citing(number: str) -> tuple[tuple[str, tuple[Mention, ...]], ...]:
    offers: Sequence[Citing] = sorted(offered(Citing), key=lambda offer: offer.order)
    found = [(gettext(offer.label), tuple(offer.cited_by(number))) for offer in offers]
    return tuple((label, mentions) for label, mentions in found if mentions)
