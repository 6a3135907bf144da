"""What lies beside the data in every export: how to read it, its licence, each column."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext, override

from contrechamp.census import published
from contrechamp.kernel.tables import Table

LICENCE = "ODbL-1.0"
LICENCE_URL = "https://opendatacommons.org/licenses/odbl/1-0/"
LICENCE_FILE = "LICENCE.txt"
LICENCE_TEXT = f"""\
Contrechamp : base de données ouverte
=====================================

La base est mise à disposition sous l'Open Database License (ODbL) 1.0 :
{LICENCE_URL}
Ses contenus, sous la Database Contents License (DbCL) 1.0 :
https://opendatacommons.org/licenses/dbcl/1-0/

Vous pouvez la copier, la distribuer, l'utiliser, en tirer des œuvres, la modifier. À condition
- de citer la source : « Contrechamp », avec l'adresse du site et la date des données ;
- de partager sous la même licence une base que vous en tirez et rendez publique ;
- de ne pas empêcher d'autres d'en faire autant.

Ne sont pas à nous, et gardent leur licence : les documents cités et les messages du forum (leurs
auteurs), le répertoire des territoires (Insee, DGCL, La Poste : Licence Ouverte), les registres
officiels cités.

The database is made available under the Open Database License (ODbL) 1.0, its contents under the
Database Contents License (DbCL) 1.0 (addresses above). You may copy, share, use and adapt it, if
you name the source (“Contrechamp”, the address of the site, the date of the data), share what you
derive and publish under the same licence, and keep it open. Cited documents, the gazetteer (Insee,
DGCL, La Poste: Licence Ouverte) and official registers keep the licences of their publishers, posts
of the forum those of who wrote them.
"""
README = """\
# Contrechamp

{about}

{date_line}

{counts}

## {how}

- {read_status}
- {read_join}
- {read_place}
- {read_money}
- {read_person}
"""


def as_of() -> str:
    """Return the day of the last change of what is public, YYYY-MM-DD; empty when nothing is.

    The date of the data, and not of the export: the same facts give the same bytes.
    """
    last = published.last_change()
    return last.date().isoformat() if last else ""


def readme(counts: Mapping[str, int]) -> str:
    """Return what to know before one opens the data, in French, then in English."""
    parts = []
    for language in ("fr", "en"):
        with override(language):
            parts.append(_readme(counts))
    return "\n".join(parts)


def _readme(counts: Mapping[str, int]) -> str:
    said = "\n".join(f"- {name}: {number}" for name, number in counts.items())
    return README.format(
        about=gettext(
            "Les faits publiés de l'observatoire des technologies de surveillance, chacun avec sa"
            " source. Rien de ce qui n'est pas publié n'y est."
        ),
        date_line=gettext("Données au {day}. Licence : {licence}, voir {file}.").format(
            day=as_of() or "–", licence=LICENCE, file=LICENCE_FILE
        ),
        counts=said,
        how=gettext("Comment lire"),
        read_status=gettext(
            "Regardez `status` avant de citer : ALLEGED n'est pas prouvé, CONTRADICTED a un"
            " document contre lui."
        ),
        read_join=gettext(
            "`edges.source`, `edges.target` et `claims.record` mènent à `nodes.id` ;"
            " `evidence.claim` mène à `edges.id` ou `claims.id`."
        ),
        read_place=gettext("`territory` mène à `places.key` : commune:06088 est Nice."),
        read_money=gettext(
            "N'additionnez que des montants de même `amount_kind`, de même `tax` et de même"
            " monnaie."
        ),
        read_person=gettext(
            "Aucun fichier de personnes : un nom de personne n'y est que pour une fonction"
            " publique."
        ),
    )


def dictionary(tables: Sequence[Table]) -> str:
    """Return what each table and column holds, as Markdown in the active language."""
    lines = [f"# {gettext('Dictionnaire des données')}", ""]
    for table in tables:
        lines += [f"## {table.name}", "", gettext(table.about), ""]
        lines += [
            f"| {gettext('colonne')} | {gettext('type')} | {gettext('contenu')} |",
            "| --- | --- | --- |",
        ]
        lines += [f"| {c.name} | {c.type} | {_cell(gettext(c.about))} |" for c in table.columns]
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def leaflets(tables: Sequence[Table], counts: Mapping[str, int]) -> dict[str, str]:
    """Return the files that lie beside the data, by name."""
    found = {LICENCE_FILE: LICENCE_TEXT, "README.md": readme(counts)}
    for language in ("fr", "en"):
        with override(language):
            found[f"dictionary.{language}.md"] = dictionary(tables)
    return found


def explained(tables: Sequence[Table]) -> dict[str, list[tuple[str, ...]]]:
    """Return the tables that explain a database: each column, and what it is all about."""
    rows: list[tuple[str, str, str, str]] = []
    for table in tables:
        rows.append((table.name, "", "", table.about))
        rows += [(table.name, c.name, c.type, c.about) for c in table.columns]
    with override("en"):
        both = [(*row, gettext(row[3])) for row in rows]
    about: list[tuple[str, ...]] = [
        ("key", "value"),
        ("title", "Contrechamp"),
        ("as_of", as_of()),
        ("licence", LICENCE),
        ("licence_url", LICENCE_URL),
        ("licence_text", LICENCE_TEXT),
    ]
    return {"dictionary": [("table", "column", "type", "fr", "en"), *both], "about": about}


def datasette(tables: Sequence[Table], name: str = "contrechamp") -> str:
    """Return the metadata with which Datasette names, explains and links the tables."""
    shown = {
        table.name: {
            "description": gettext(table.about),
            "columns": {column.name: gettext(column.about) for column in table.columns},
            **({"label_column": "name"} if table.name in {"nodes", "places"} else {}),
            **({"label_column": "title"} if table.name == "acts" else {}),
        }
        for table in tables
    }
    said = {
        "title": "Contrechamp",
        "description": gettext("Les faits publiés, chacun avec sa source."),
        "license": "Open Database License (ODbL) 1.0",
        "license_url": LICENCE_URL,
        "databases": {name: {"tables": shown}},
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"
