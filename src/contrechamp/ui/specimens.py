"""What the style page shows: each component once, in both themes, with its markup.

A component that a page needs is made here first: its classes in `assets/src/site.css`, its markup
in `templates/ui/specimens/<slug>.html` (with `{{ side }}` in every id, for it is drawn twice), and
a partial beside it, `templates/ui/<name>.html`, when other rooms are to include it.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext, gettext_noop, override

from .domain.palette import KINDS

SIDES = ("light", "dark")
SHOWN = (
    ("type", gettext_noop("Textes et titres"), ""),
    ("links", gettext_noop("Liens et boutons"), ""),
    ("form", gettext_noop("Champs, erreurs"), "ui/form.html, ui/field.html"),
    ("notices", gettext_noop("Avis, refus, réussite"), "ui/too_many.html"),
    ("empty", gettext_noop("Rien ici : ce que cela veut dire, que faire"), "ui/empty.html"),
    ("skeleton", gettext_noop("En attente d'un script"), "ui/skeleton.html"),
    ("status", gettext_noop("Degrés, étiquettes, preuve"), ""),
    (
        "chips",
        gettext_noop("Filtres choisis, vues d'une même chose"),
        "ui/chips.html, ui/segments.html",
    ),
    ("facets", gettext_noop("Filtres à choisir, résultats"), ""),
    ("tables", gettext_noop("Tableaux et fiches"), "ui/bar.html"),
    ("figures", gettext_noop("Chiffres et cartes de visite"), ""),
    ("ways", gettext_noop("Fil d'Ariane, onglets, pages d'une liste"), "ui/pager.html"),
    ("kinds", gettext_noop("Genres : couleur, forme, trait"), "ui/legend.html"),
    ("scales", gettext_noop("Échelles"), "ui/scale.html"),
    (
        "picture",
        gettext_noop("Une image, son double, ses données"),
        "ui/over.html, ui/downloads.html",
    ),
    ("years", gettext_noop("Années"), "ui/years.html"),
    ("timeline", gettext_noop("Suite de faits"), ""),
    ("quotes", gettext_noop("Paroles de documents"), ""),
    ("dialog", gettext_noop("Fenêtre et touches"), ""),
    ("account", gettext_noop("Comptes"), ""),
    (
        "tools",
        gettext_noop("Sous chaque page : citer, partager, emporter"),
        "ui/page_tools.html, ui/cite.html",
    ),
    ("print", gettext_noop("Sur papier"), ""),
)
"""Slug, title, and the partials to include."""


@dataclass(frozen=True, slots=True)
class Specimen:
    """One component: drawn in the light and in the dark, and its markup."""

    slug: str
    title: str
    partials: str
    sides: tuple[tuple[str, str], ...]
    markup: str


def specimens() -> list[Specimen]:
    """Draw every component. The examples are in French on every page, and said to be."""
    drawn = []
    for slug, title, partials in SHOWN:
        with override("fr"):
            sides = tuple((side, _draw(slug, side)) for side in SIDES)
        lines = [line.rstrip() for line in sides[0][1].splitlines() if line.strip()]
        drawn.append(Specimen(slug, gettext(title), partials, sides, "\n".join(lines)))
    return drawn


def _draw(slug: str, side: str) -> str:
    return render_to_string(f"ui/specimens/{slug}.html", {"side": side, **_examples()})


def _examples() -> dict[str, Any]:
    things = SimpleNamespace
    counts = {2014: 1, 2016: 3, 2017: 2, 2018: 6, 2019: 11, 2021: 7, 2022: 14, 2023: 9}
    names = ("commune", "entreprise", "technique", "contrat", "lieu", "acte", "refus", "autre")
    return {
        "chips": [things(label=label, url="#chips") for label in ("Var", "drones", "2019")],
        "segments": [
            things(label="Tableau", url="#chips", is_current=True),
            things(label="Carte", url="#chips", is_current=False),
            things(label="Frise", url="#chips", is_current=False),
        ],
        "kinds": [things(number=number, label=names[number - 1]) for number in KINDS],
        "steps": [things(number=number, label=f"palier {number}") for number in range(1, 7)],
        "turns": [things(number=number, label=f"{number - 4:+d}") for number in range(1, 8)],
        "bars": [
            things(
                year=year,
                count=count,
                label=f"{year} : {count} faits",
                url="#years",
                is_chosen=year == 2019,
            )
            for year, count in counts.items()
        ],
        "files": [
            things(label="CSV", url="#picture", note="43 lignes"),
            things(label="GeoJSON", url="#picture", note="12 ko"),
        ],
        "ways": [
            things(label="Proposer un document", url="#empty"),
            things(label="Tout montrer", url="#empty"),
        ],
        "pages": things(number=2, paginator=things(num_pages=5), previous="#ways", next="#ways"),
    }
