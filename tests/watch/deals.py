"""Contracts in the shapes of the registers, all made up: communes are real, nothing else is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from contrechamp.kernel.numbers import is_siret
from contrechamp.watch.domain.finding import Finding, Problem
from contrechamp.watch.scanning import contracts


def siret(start: str) -> str:
    """Return a SIRET that checks and begins with these digits (at most eight)."""
    siren = next(f"{start:0<8}{key}" for key in range(10) if _luhn(f"{start:0<8}{key}"))
    return next(f"{siren}0001{key}" for key in range(10) if is_siret(f"{siren}0001{key}"))


def _luhn(digits: str) -> bool:
    doubled = (int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits)))
    return sum(v - 9 if v > 9 else v for v in doubled) % 10 == 0


def row(**given: Any) -> dict[str, Any]:
    """Return a row of the register, generation of 2019."""
    return {
        "id": "2019-1",
        "source": "made_up",
        "acheteur": {"id": siret("73282932"), "nom": "Mairie de Nulle-Part"},
        "nature": "Marché",
        "objet": "Extension de la vidéoprotection",
        "codeCPV": "32323500-8",
        "lieuExecution": {"code": "83136", "typeCode": "Code postal", "nom": "Garéoult"},
        "dureeMois": 12,
        "dateNotification": "2019-03-01+01:00",
        "datePublicationDonnees": "2019-03-05",
        "montant": 1000,
        "titulaires": [
            {"typeIdentifiant": "SIRET", "id": siret("55210055"), "denominationSociale": "Vue SAS"}
        ],
        "modifications": [],
    } | given


def write_rows(path: Path, *rows: dict[str, Any]) -> Path:
    """Write a file of the generation of 2019."""
    path.write_text(json.dumps({"marches": list(rows)}, ensure_ascii=False), encoding="utf-8")
    return path


def scanned(path: Path) -> tuple[list[Finding], list[Problem]]:
    """Return what a file gives, findings and problems apart."""
    source = contracts.recognises(path)
    assert source is not None, "no register is recognised"
    lines = list(contracts.scan(path, path.name, source))
    found = [line for line in lines if isinstance(line, Finding)]
    return found, [line for line in lines if isinstance(line, Problem)]


def found_in(path: Path, *rows: dict[str, Any]) -> list[Finding]:
    """Return the findings of rows, written to a file first; none may be a problem."""
    found, problems = scanned(write_rows(path, *rows))
    assert problems == []
    return found
