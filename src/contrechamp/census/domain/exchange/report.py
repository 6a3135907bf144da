"""The report of an import: every figure, and everything that was not understood."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from contrechamp.kernel.errors import gettext_noop

CODES = {
    "relation_held": gettext_noop("relation non comprise, mise de côté"),
    "relation_misspelt": gettext_noop("relation mal écrite, lue comme la plus proche"),
    "relation_variant": gettext_noop("autre écriture d'une relation connue"),
    "relation_qualified": gettext_noop("relation suivie d'une précision"),
    "edge_repeated": gettext_noop("relation déjà donnée plus haut : ses sources sont ajoutées"),
    "node_undeclared": gettext_noop("nom jamais déclaré"),
    "node_repeated": gettext_noop("nom déclaré plusieurs fois"),
    "category_conflict": gettext_noop("nom déclaré dans plusieurs catégories"),
    "invisible_character": gettext_noop("caractère invisible dans un nom"),
    "name_split": gettext_noop("deux morceaux d'un même nom de commune"),
    "place_ambiguous": gettext_noop("plusieurs communes portent ce nom"),
    "place_unknown": gettext_noop("aucune commune ne porte ce nom"),
    "place_suspected": gettext_noop("ce nom semble celui d'un lieu, non d'un organisme"),
    "person_suspected": gettext_noop("peut-être une personne : retenue jusqu'à décision"),
    "register_as_target": gettext_noop("un répertoire, non la cible d'une action"),
    "identifier_found": gettext_noop("numéro officiel trouvé dans une adresse : à confirmer"),
    "identifier_invalid": gettext_noop("numéro officiel faux"),
    "identifier_taken": gettext_noop("numéro officiel déjà porté par une autre fiche"),
    "source_missing": gettext_noop("aucune source"),
    "source_file_only": gettext_noop("source réduite à un nom de fichier : à joindre"),
    "commented_row": gettext_noop("ligne en commentaire"),
    "row_unknown": gettext_noop("ligne d'une sorte inconnue"),
    "state_lowered": gettext_noop("état ramené à « brouillon » : un import ne prouve rien"),
    "checks_dropped": gettext_noop("relecture non reprise : un import ne prouve rien"),
    "schema_unknown": gettext_noop("schéma inconnu"),
    "property_unknown": gettext_noop("propriété inconnue, non reprise"),
    "topic_refused": gettext_noop("étiquette accusatrice, non reprise"),
    "entity_missing": gettext_noop("relation vers une fiche absente du fichier"),
    "date_invalid": gettext_noop("date impossible, laissée de côté"),
    "document_missing": gettext_noop("document absent d'ici : ajoutez-le pour ouvrir la preuve"),
    "quote_not_found": gettext_noop("passage introuvable sur la page"),
    "relation_lost": gettext_noop("le lien n'est plus qu'un titre"),
    "column_unmapped": gettext_noop("colonne que le plan de lecture ne dit pas"),
    "value_invalid": gettext_noop("valeur illisible, laissée de côté"),
    "kept_by_hand": gettext_noop("corrigé ici depuis : le fichier ne l'écrase pas"),
}
"""Every code of an issue, with its sentence."""

QUIET = {"commented_row", "relation_variant"}
"""Issues that alone do not make an import end with status 3."""


@dataclass(slots=True)
class Issue:
    """One thing that was not understood or not decided."""

    code: str
    line: int | None
    value: str = ""
    detail: str = ""
    values: dict[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Report:
    """What an import found and did. Keys are those of the acceptance contract."""

    kind: str
    import_id: str | None = None
    dry_run: bool = False
    dataset: str = ""
    file: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    nodes: dict[str, int] = field(
        default_factory=lambda: {
            "total": 0,
            "declared": 0,
            "undeclared": 0,
            "created": 0,
            "updated": 0,
            "unchanged": 0,
        }
    )
    edges: dict[str, int] = field(
        default_factory=lambda: {
            "rows": 0,
            "held": 0,
            "repeated": 0,
            "relations": 0,
            "created": 0,
            "updated": 0,
            "unchanged": 0,
        }
    )
    values: dict[str, int] = field(
        default_factory=lambda: {"created": 0, "updated": 0, "unchanged": 0}
    )
    """Claims that give a value, where `edges` counts those that join two entities."""
    evidence: dict[str, int] = field(default_factory=lambda: {"created": 0, "unchanged": 0})
    relations: list[dict[str, Any]] = field(default_factory=list)
    misspelt: list[dict[str, Any]] = field(default_factory=list)
    undeclared: list[dict[str, Any]] = field(default_factory=list)
    sources: dict[str, Any] = field(default_factory=dict)
    suggestions: list[dict[str, Any]] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def note(
        self, code: str, line: int | None, value: str = "", detail: str = "", **values: object
    ) -> None:
        """Write down one issue. `detail` is a French sentence, its values apart."""
        self.issues.append(Issue(code, line, value, detail, values))

    @property
    def counts(self) -> dict[str, int]:
        """Return how many issues there are of each code."""
        return dict(sorted(Counter(issue.code for issue in self.issues).items()))

    @property
    def has_findings(self) -> bool:
        """Answer whether somebody should look at it (exit status 3)."""
        return any(issue.code not in QUIET for issue in self.issues)
