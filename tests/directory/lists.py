"""Invented lists of public bodies: no line of it exists."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from contrechamp.directory import services
from contrechamp.directory.models import Body

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
HEAD = ("id", "name", "request_email", "notes", "home_page", "tag_string")
OFFICES = ("departement", "administration", "has_email", "email_domain", "postcode_town")
NICE = (
    "mairie-06088-01",
    "Mairie - Nice",
    "mairie@nice.invalid",
    "Adresse : 1 place du Palais,6000,Nice | Tél : 04 00 00 00 00 | Fax : ",
    "https://nice.invalid",
    "mairie",
)
CANNES = (
    "mairie-06029-01",
    "Mairie - Cannes 06029-01",
    "jeanne.personne@cannes.invalid",
    "Adresse : 2 rue Haute,06400,Cannes | Tél : | Fax : ",
    "",
    "mairie",
)
PREFECTURE = (
    "prefecture-06088-01",
    "Préfecture - Alpes-Maritimes",
    "prefecture@alpes.invalid",
    "Adresse : 3 route Basse,06200,Nice | Tél : | Fax : ",
    "",
    "prefecture",
)
LINES = (NICE, CANNES, PREFECTURE)


def write(path: Path, rows: Iterable[Sequence[str]], head: Sequence[str] = HEAD) -> Path:
    """Write a list, return its path."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def bring(path: Path, rows: Iterable[Sequence[str]] = LINES) -> services.Report:
    """Write a list and import it."""
    return services.import_bodies(write(path / "list.csv", rows), now=NOW)


def town(insee: str = "06088") -> Body:
    """Return the body of a commune."""
    return Body.objects.get(identity=f"commune:{insee}")
