"""Small files to import, and how a test imports them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from contrechamp.accounts.models import User
from contrechamp.accounts.services import system_account
from contrechamp.census.models import (
    Change,
    ChangeLine,
    Claim,
    Entity,
    Evidence,
    Identifier,
    ImportIssue,
    ImportRun,
    Name,
    Published,
    PublishedChange,
    PublishedFact,
)
from contrechamp.census.services import exports, imports

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 5, 12, tzinfo=UTC)

CARTO = """#TYPE_EDGE;NODE1;NODE2;LIEN;SOURCE;
EDGE;VISIA;ORION;est membre;https://orion.example/membres
EDGE;VISIA;ville de Saint-Denis;a pour client;https://a.example/1|fiche_\\(1\\).pdf
EDGE;VISIA;HATVP;fait du lobbbying;https://www.hatvp.fr/fiche-organisation/?organisation=344322722
EDGE;VISIA;comptage;fonctionnalité non fonctionnelle;plaquette.pdf
EDGE;VISIA;comptage;https://a.example/2
EDGE;VISIA;ORION;est membre de;https://orion.example/autre
#EDGE;VISIA;chute;fonctionnalité;https://a.example/3
#TYPE_NODE;NOM;TYPE DE NOEUD;
NODE;VISIA;Acteur privé
NODE;VISIA;actionnaire
NODE;ville de Saint-Denis;Acteur public
NODE;ville de Bé\u00adthune;Acteur public
NODE;Camille Exemple;Acteur privé
"""


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def bring(
    path: Path, kind: str, *, actor: User | None = None, now: datetime = NOW, **options: Any
) -> dict[str, Any]:
    """Import a file and return its report as JSON."""
    looked = imports.look(imports.Order(paths=[path], kind=kind, **options))
    report = imports.bring_in(looked, actor=actor or system_account("import"), now=now)
    return imports.as_json(report)


def lines_of(folder: Path, *, scope: str = "all", name: str = "out.jsonl") -> str:
    path = folder / name
    exports.export("ftm", path, scope=scope)
    return path.read_text()


def rows() -> list[list[tuple[Any, ...]]]:
    """Return every row of the census's working tables."""
    models: Iterable[Any] = (
        *(Entity, Name, Identifier, Claim, Evidence),
        *(Change, ChangeLine, ImportRun, ImportIssue),
    )
    return [list(model.objects.order_by("pk").values_list()) for model in models]


def empty() -> None:
    """Leave an observatory with nothing in its census."""
    for model in (PublishedFact, Published, PublishedChange, ChangeLine, Change):
        model._default_manager.all().delete()
    Claim.objects.all().delete()
    Entity.objects.all().delete()
    ImportRun.objects.all().delete()
