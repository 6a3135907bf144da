"""An audit as data of a paper: the doors set it with Typst, by the template beside (`papers`)."""

from __future__ import annotations

from datetime import date
from typing import Any

from contrechamp.lab.model import Text
from contrechamp.lab.plots import draw

from .audit import Audit
from .columns import ROLES
from .saying import Table, plain

TITLE = Text("Ce que ce tableau dit de la machine", "What this table says of the machine")
LIMITS = Text("Ce que cela ne prouve pas", "What this does not prove")
FOOT = Text(
    "Contrechamp, laboratoire de preuves. Calculé d'un tableau qui n'a pas été gardé ; aucun "
    "groupe de moins de 50 personnes, aucune case de moins de 5.",
    "Contrechamp, evidence lab. Computed from a table that was not kept; no group under 50 people, "
    "no cell under 5.",
)
CUT = Text("{left} lignes de plus dans le fichier CSV.", "{left} more rows in the CSV file.")
MOST_ROWS = 120
SETTINGS: dict[str, Text] = {
    "threshold": Text("Seuil étudié", "Threshold studied"),
    "reference": Text("Comparé à", "Compared with"),
    "positive": Text("Valeur qui veut dire oui", "Value that means yes"),
    "boxes_a_day": Text("Cases gardées par jour", "Boxes kept a day"),
    "map_boxes": Text("Cases de la carte", "Boxes of the map"),
    "window": Text("Jours du simple comptage", "Days of the simple count"),
    "extra": Text("Faits en plus par patrouille", "More incidents a patrol"),
    "seed": Text("Graine du hasard", "Seed of chance"),
}
LOW_RISK = Text("{at} ou moins", "{at} or less")
HIGH_RISK = Text("{at} ou plus", "{at} or more")


def settings_of(audit: Audit, language: str) -> list[tuple[str, str]]:
    """Return the columns and what was set, as one reads them: enough to do it again."""
    out = [(role.label.say(language), audit.columns[role.name]) for role in ROLES[audit.kind]]
    for name, label in SETTINGS.items():
        value = audit.settings.get(name)
        if value is None or value == "":
            continue
        said = plain(value).say(language) if isinstance(value, int | float) else str(value)
        if name == "threshold":
            form = LOW_RISK if audit.settings["flagged"] == "at most" else HIGH_RISK
            said = form.fill(at=said).say(language)
        out.append((label.say(language), said))
    return out


def paper_of(audit: Audit, language: str, day: date) -> dict[str, Any]:
    """Return what the template reads."""
    return {
        "lang": language,
        "day": [day.year, day.month, day.day],
        "title": TITLE.say(language),
        "sentence": audit.sentence.say(language),
        "more": [each.say(language) for each in audit.more],
        "read": audit.read().say(language),
        "settings": settings_of(audit, language),
        "limits_title": LIMITS.say(language),
        "limits": [each.text.say(language) for each in audit.warnings],
        "figures": [
            {
                "title": figure.title.say(language),
                "reading": figure.reading.say(language),
                "svg": draw(figure, language=language, is_file=True),
            }
            for figure in audit.figures_in(language)
        ],
        "tables": [_table(each, language) for each in audit.tables if each.rows],
        "foot": FOOT.say(language),
    }


def _table(table: Table, language: str) -> dict[str, Any]:
    rows = table.said(language)
    note = table.note.say(language)
    if len(rows) > MOST_ROWS:
        note = f"{note} {CUT.fill(left=len(rows) - MOST_ROWS).say(language)}"
    return {
        "title": table.title.say(language),
        "head": table.head(language),
        "widths": [2 if column.kind == "name" else 1.6 for column in table.columns],
        "rows": rows[:MOST_ROWS],
        "note": note,
    }
