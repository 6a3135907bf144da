"""Dumps made ready for their page: each file with what it is for and how one opens it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contrechamp.opendata.domain.manifest import Part
from contrechamp.opendata.queries import Dump
from contrechamp.opendata.services.making import CSV, DUMP, FTM, GEXF, SQLITE


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One format: what it is for, and two lines that open it."""

    slug: str
    title: Promise
    about: Promise
    example: str
    endings: tuple[str, ...]


PARQUET = "parquet"
USES = (
    Use(
        slug="sqlite",
        title=_("SQLite : chercher et interroger tout de suite"),
        about=_(
            "Toutes les tables dans une base, avec index de mots, vues et dictionnaire. S'ouvre"
            " telle quelle dans Datasette ou DB Browser."
        ),
        example=f"unzip {SQLITE}\ndatasette contrechamp.sqlite --metadata metadata.json",
        endings=(SQLITE,),
    ),
    Use(
        slug="csv",
        title=_("CSV : un tableur"),
        about=_("Une table par fichier, UTF-8, virgules. Une cellule ne lance jamais de formule."),
        example=f'unzip {CSV} -d contrechamp\npython -c "import pandas;'
        " print(pandas.read_csv('contrechamp/nodes.csv'))\"",
        endings=(CSV,),
    ),
    Use(
        slug="parquet",
        title=_("Parquet : de gros calculs"),
        about=_("Une table par fichier, typée. DuckDB n'en télécharge que ce qu'il lui faut."),
        example="INSTALL httpfs;\n"
        "SELECT kind, count(*) FROM '{site}/donnees/latest/nodes.parquet' GROUP BY kind;",
        endings=(f".{PARQUET}",),
    ),
    Use(
        slug="ftm",
        title=_("FollowTheMoney : les outils d'enquête"),
        about=_(
            "Une ligne JSON par fiche, relation ou document, pour OpenAleph et les siens ; ce que"
            " leur format ne sait pas dire est sous la clé contrechamp."
        ),
        example=f"gunzip {FTM}\nftm validate < contrechamp.ftm.jsonl > valid.jsonl",
        endings=(FTM,),
    ),
    Use(
        slug="gexf",
        title=_("GEXF : dessiner le graphe"),
        about=_("Fiches et relations, avec leur place sur notre graphe. S'ouvre dans Gephi."),
        example=f"gunzip {GEXF}\ngephi contrechamp.gexf",
        endings=(GEXF,),
    ),
    Use(
        slug="dump",
        title=_("Archive : un autre observatoire"),
        about=_("Tout ce qui est public, pour repartir ailleurs si ce site disparaît."),
        example=f"contrechamp import {DUMP} --kind contrechamp --restore",
        endings=(DUMP,),
    ),
    Use(
        slug="reading",
        title=_("Mode d'emploi, licence, dictionnaire"),
        about=_("Ce que veut dire chaque colonne, en français et en anglais."),
        example="",
        endings=(".md", ".txt", ".json"),
    ),
)


LISTS = (
    (_("Projets"), ("census:projects-csv", "census:projects-json")),
    (_("Acteurs"), ("census:actors-csv", "census:actors-json")),
    (_("Techniques"), ("census:technologies-csv", "census:technologies-json")),
    (_("Actes à contester"), ("watch:open-csv", "watch:open-json")),
    (_("Renouvellements"), ("watch:renewals-csv", "watch:renewals-json")),
    (_("Carte"), ("atlas:csv", "atlas:geojson", "atlas:json")),
    (_("Graphe"), ("graph:csv", "graph:gexf", "graph:ftm", "graph:json")),
    (_("Chronologie"), ("chronicle:csv", "chronicle:json")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One address at which a list is a file."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list that is a file at once."""

    label: Promise
    ways: Sequence[Way]


def lists() -> list[Listed]:
    """Return the lists that anybody can take as they are now, of the rooms that are there."""
    found = []
    for name, names in LISTS:
        addresses = [url for each in names if (url := _address(each))]
        ways = [Way(label=url.rpartition(".")[2].upper(), url=url) for url in addresses]
        if ways:
            found.append(Listed(label=name, ways=ways))
    return found


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A format and its files in one dump."""

    use: Use
    example: str
    parts: Sequence[Part]


def uses_of(dump: Dump, site: str) -> list[Shown]:
    """Return the formats that a dump has, each with its files."""
    shown = []
    for use in USES:
        parts = [part for part in dump.manifest.parts if part.name.endswith(use.endings)]
        if parts:
            example = use.example.replace("{site}", site)
            shown.append(Shown(use=use, example=example, parts=parts))
    return shown
