"""Statistics as bars drawn on the server, each with its method and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext

from contrechamp.foundation.words import written
from contrechamp.places import queries as places
from contrechamp.ui.templatetags.look import money, number
from contrechamp.watch.domain import counting
from contrechamp.watch.domain.counting import Counted

LEAST = 3
"""Decisions from which on a sum is drawn: fewer say nothing of a trend."""
MOST = 20
"""Lines that a page shows; the file has all."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: its words, its value and its share of the largest, in percent."""

    name: str
    value: object
    text: str
    share: int
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """One figure with all that makes it checkable."""

    slug: str
    title: str
    column: str
    unit: str
    method: str
    missing: str
    bars: list[Bar] = field(default_factory=list)
    left: int = 0
    lead: str = ""


def plots(acts: Sequence[Counted], *, whole: bool = False) -> list[Plot]:
    """Return all figures over public decisions; `whole` for files, with every line."""
    made = [make(acts) for make in PLOTS.values()]
    return made if whole else [_cut(plot) for plot in made]


def plot(acts: Sequence[Counted], slug: str) -> Plot | None:
    """Return one figure with every line, None when there is none of that name."""
    return PLOTS[slug](acts) if slug in PLOTS else None


def _cut(made: Plot) -> Plot:
    is_time = made.slug in {"cameras-par-mois", "decisions-par-mois"}
    bars = made.bars[-24:] if is_time else made.bars[:MOST]
    names = Plot.__dataclass_fields__
    values = {name: getattr(made, name) for name in names}
    return Plot(**{**values, "bars": bars, "left": len(made.bars) - len(bars)})


def _bars(rows: Sequence[tuple[str, object, str, str]]) -> list[Bar]:
    most = max((float(str(value)) for _, value, _, _ in rows), default=0) or 1
    return [
        Bar(name, value, text, round(100 * float(str(value)) / most), url)
        for name, value, text, url in rows
    ]


def _month(text: str) -> str:
    return written(date.fromisoformat(f"{text}-01"), "F Y")


def _cameras_by_month(acts: Sequence[Counted]) -> Plot:
    found, missing = counting.cameras_by_month(acts)
    return Plot(
        slug="cameras-par-mois",
        title=gettext("Caméras autorisées par mois"),
        column=gettext("Mois de publication"),
        unit=gettext("caméras"),
        method=gettext(
            "Total des caméras que disent les autorisations de vidéoprotection, au mois de leur "
            "publication. Les modifications, les renouvellements et les refus n'y sont pas : leurs "
            "caméras sont déjà comptées, ou ne sont pas autorisées."
        ),
        missing=gettext("Sans nombre ou sans date de publication : {number}.").format(
            number=missing
        ),
        bars=_bars([(_month(m), n, str(number(n)), "") for m, n in found.items()]),
    )


def _cameras_by_commune(acts: Sequence[Counted]) -> Plot:
    found, missing = counting.cameras_by_commune(acts)
    known = places.territories(found)
    rows = [
        (
            f"{known[key].name} ({known[key].departement})" if key in known else key,
            n,
            str(number(n)),
            f"/actes?lieu={key}",
        )
        for key, n in found.items()
    ]
    return Plot(
        slug="cameras-par-commune",
        title=gettext("Caméras autorisées par commune"),
        column=gettext("Commune"),
        unit=gettext("caméras"),
        method=gettext(
            "Total des caméras que disent les autorisations de vidéoprotection qui nomment une "
            "seule commune. C'est ce qui fut autorisé dans les actes publiés ici, pas un "
            "recensement des caméras posées."
        ),
        missing=gettext("Sans nombre, ou pour plusieurs communes : {number}.").format(
            number=missing
        ),
        bars=_bars(rows),
    )


def _flights(acts: Sequence[Counted]) -> Plot:
    found = counting.flights(acts)
    early = found.known - found.late
    share = found.share
    return Plot(
        slug="vols",
        title=gettext("Vols publiés au plus un jour avant"),
        column=gettext("Publication"),
        unit=gettext("autorisations"),
        lead=gettext("{late} sur {known}, soit {share} %").format(
            late=found.late, known=found.known, share=round(share)
        )
        if share is not None and found.known >= LEAST
        else "",
        method=gettext(
            "Premier jour du vol moins jour de publication du recueil : un jour ou moins, y "
            "compris le jour même ou après. Un vol autorisé si tard ne peut être contesté avant "
            "d'avoir eu lieu."
        ),
        missing=gettext(
            "Sans date de publication ou sans jour de vol, donc hors du compte : {number}."
        ).format(number=found.undated),
        bars=_bars(
            [
                (gettext("au plus un jour avant"), found.late, str(found.late), ""),
                (gettext("deux jours avant ou plus"), early, str(early), ""),
            ]
        )
        if found.known
        else [],
    )


def _spending(acts: Sequence[Counted]) -> Plot:
    found, missing = counting.spending(acts)
    rows = [
        (name or siren, amount, str(money(amount)), f"/actes?entreprise={siren}")
        for (siren, name), amount in found.items()
    ]
    return Plot(
        slug="depenses",
        title=gettext("Marchés par fournisseur"),
        column=gettext("Fournisseur"),
        unit=gettext("euros"),
        method=gettext(
            "Montants des marchés attribués et des avenants qui ont un seul titulaire, tels que le "
            "registre les dit, sans distinguer les taxes. Un marché à plusieurs titulaires n'est "
            "pas partagé entre eux."
        ),
        missing=gettext("Sans montant, ou à plusieurs titulaires : {number}.").format(
            number=missing
        ),
        bars=_bars(rows),
    )


def _decisions(acts: Sequence[Counted]) -> Plot:
    found, missing = counting.decisions_by_month(acts)
    return Plot(
        slug="decisions-par-mois",
        title=gettext("Décisions par mois"),
        column=gettext("Mois de publication"),
        unit=gettext("décisions"),
        method=gettext(
            "Toutes les décisions publiées ici, au mois de leur publication officielle. Une "
            "décision publiée deux fois compte une fois ; ce qui est retiré ne compte pas."
        ),
        missing=gettext("Sans date de publication : {number}.").format(number=missing),
        bars=_bars([(_month(m), n, str(number(n)), "") for m, n in found.items()]),
    )


PLOTS: dict[str, Callable[[Sequence[Counted]], Plot]] = {
    "cameras-par-mois": _cameras_by_month,
    "cameras-par-commune": _cameras_by_commune,
    "vols": _flights,
    "depenses": _spending,
    "decisions-par-mois": _decisions,
}
