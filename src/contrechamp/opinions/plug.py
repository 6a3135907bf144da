"""What the opinions offer to search, the menu, exports and copies: those about surveillance.

An opinion on a building permit is no matter of this observatory: it can be read here by its
number and found on the room's own page, but site search does not offer it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from contrechamp.foundation.plug import Copied, Entry, Findable, MenuItem
from contrechamp.kernel.errors import gettext_noop
from contrechamp.kernel.tables import Column, Table
from contrechamp.opinions.domain.masking import masked
from contrechamp.opinions.models import Opinion
from contrechamp.opinions.queries import lists
from contrechamp.opinions.services.matching import REF
from contrechamp.ui.domain.share import Shareable

from .shown import line_of, official_url, shares

PART = 500


def _all() -> Iterator[Entry]:
    return map(_entry, lists.about_surveillance().iterator(PART))


def _some(refs: Sequence[str]) -> Iterable[Entry]:
    return map(_entry, lists.some([ref.removeprefix(REF) for ref in refs]))


def _entry(one: Opinion) -> Entry:
    line = line_of(one)
    return Entry(
        ref=f"{REF}{one.pk}",
        kind="opinion",
        title=f"CADA {one.pk} — {line.administration} — {line.label}",
        text=masked(one.subject) or line.subject,
        url=line.url,
        also=f"{one.pk} {masked(one.keywords)}",
        date=one.session_on,
        at=one.changed_at,
    )


def _rows() -> Iterator[Sequence[object]]:
    for one in lists.about_surveillance().prefetch_related("matches").iterator(PART):
        yield (
            *(one.pk, one.session_on or "", masked(one.administration), one.kind, one.outcome),
            " ".join(one.motives),
            " ".join(str(number) for number in sorted(match.kind for match in one.matches.all())),
            *(one.text_sha256, official_url(one.pk), f"/avis-cada/{one.pk}"),
        )


PLUG: tuple[object, ...] = (
    Findable(prefix=REF, entries=_all, some=_some),
    Shareable(view_name="opinions:list", read=shares.read_list, is_embeddable=False),
    Shareable(view_name="opinions:opinion", read=shares.read_opinion),
    MenuItem(
        label=gettext_noop("Avis de la CADA"), url_name="opinions:list", order=15, is_low=True
    ),
    Table(
        name="cada_opinions",
        about=gettext_noop("Les avis de la CADA sur la surveillance, et ce que chacun dit."),
        columns=(
            Column("number", gettext_noop("Numéro de dossier à la CADA.")),
            Column("session_on", gettext_noop("Jour de la séance."), "date"),
            Column("administration", gettext_noop("Administration, comme la CADA l'écrit.")),
            Column("kind", gettext_noop("AVIS, CONSEIL ou SANCTION.")),
            Column("outcome", gettext_noop("Issue rangée par nous : FAVOURABLE, RESERVES…")),
            Column("motives", gettext_noop("Codes des motifs, séparés par une espace.")),
            Column("documents", gettext_noop("Numéros du catalogue des documents demandés.")),
            Column("text_sha256", gettext_noop("Empreinte du texte publié par la CADA.")),
            Column("official_url", gettext_noop("Adresse officielle de l'avis.")),
            Column("url", gettext_noop("Adresse de sa page sur ce site.")),
        ),
        rows=_rows,
    ),
    Copied(
        url_name="opinions:list",
        questions=(("page",), ("document",), ("document", "page"), ("issue",)),
    ),
)
