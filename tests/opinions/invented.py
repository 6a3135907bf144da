"""Opinions made up by hand, in the layout in which the CADA publishes its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from contrechamp.opinions import services
from contrechamp.opinions.domain.layout import HEADER, Row, write_rows
from contrechamp.opinions.services import Imported
from tests.observatory import NOW

NUMBER = "20990001"
__all__ = ["HEADER", "NUMBER", "bring", "file_of", "many", "row"]


def row(number: str = NUMBER, **changed: Any) -> Row:
    """Return an opinion on the cameras of a town that does not exist."""
    values: dict[str, Any] = {
        "number": number,
        "administration": "Mairie de Boisclair",
        "year": 2022,
        "session_on": date(2022, 3, 10),
        "subject": "Communication de l'étude d'impact des caméras de vidéoprotection.",
        "themes": "Justice, Ordre Public Et Sécurité/Sécurité Publique",
        "keywords": "Vidéosurveillance, Sécurité",
        "senses": "Favorable/Sauf sécurité publique",
        "part": "III",
        "text": "Monsieur X a saisi la commission.\n\nLa commission émet un avis favorable.",
    }
    return Row(**(values | changed))


def many() -> list[Row]:
    """Return opinions of each class, two of them on something else than surveillance."""
    return [
        row("20990001"),
        row("20990002", senses="Favorable", subject="Le contrat du logiciel d'analyse d'images."),
        row("20990003", senses="Défavorable/Sécurité publique", subject="Le plan des caméras."),
        row("20990004", senses="Favorable", subject="Le permis de construire.", keywords="Bâti"),
        row("20990005", senses="Irrecevable", subject="Son dossier médical.", keywords="Santé"),
        row("20990006", senses="Sans objet/Communiqué", subject="La liste des drones."),
    ]


def file_of(folder: Path, rows: list[Row], name: str = "cada.csv") -> Path:
    """Write a file of opinions."""
    path = folder / name
    path.write_text("".join(write_rows(rows)), encoding="utf-8", newline="")
    return path


def bring(folder: Path, *rows: Row) -> Imported:
    """Bring opinions in, as a file does; without any, those of `many`."""
    return services.import_file(file_of(folder, list(rows) or many()), now=NOW)
