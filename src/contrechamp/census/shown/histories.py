"""The history of records and facts: what changed, word by word, by whom and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext

from contrechamp.census import published
from contrechamp.census.domain import words
from contrechamp.foundation.vocabulary import label

from .facts import attributes_text, label_of, value_text

if TYPE_CHECKING:
    from contrechamp.census.models import Change

OPS = {"=": "same", "-": "del", "+": "ins"}
LONGEST = 20_000
"""Longer texts are shown whole, before and after: comparing them would hold the page."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of words that was kept (`same`), taken out (`del`) or put in (`ins`)."""

    op: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """One field, before and after."""

    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChange:
    """One line of a history."""

    at: datetime
    by: str
    what_label: str
    title: str
    reason: str
    url: str = ""
    revert_url: str = ""
    diffs: tuple[Diff, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """All that was published in one act."""

    at: datetime
    by: str
    reason: str
    changes: tuple[ShownChange, ...]

    @property
    def moment(self) -> str:
        """Return the moment as the address of the state has it."""
        return published.moment_of(self.at)


def versions(changes: Iterable[ShownChange], name: str = "") -> list[Version]:
    """Gather the lines of one act. `name`: left out at the head of each line, as all have it."""
    groups: dict[tuple[datetime, str, str], list[ShownChange]] = {}
    for change in changes:
        short = change.title
        for colon in (" : ", gettext(" : ")):
            short = short.removeprefix(f"{name}{colon}") if name else short
        groups.setdefault((change.at, change.by, change.reason), []).append(
            replace(change, title=short)
        )
    return [
        Version(at=at, by=by, reason=reason, changes=tuple(rows))
        for (at, by, reason), rows in groups.items()
    ]


def compare(before: str, after: str) -> tuple[Part, ...]:
    """Return the parts that lead from one text to the other."""
    if len(before) + len(after) > LONGEST:
        return tuple(part for part in (Part("del", before), Part("ins", after)) if part.text)
    return tuple(Part(OPS[piece.sign], piece.text) for piece in words(before, after))


def what_label(what: str) -> str:
    """Say what happened."""
    return {
        "published": gettext("publié"),
        "changed": gettext("modifié"),
        "withdrawn": gettext("retiré"),
        "merged": gettext("fusionné"),
    }.get(what, what)


def field_label(name: str) -> str:
    """Say which field changed."""
    return {
        "value": gettext("valeur"),
        "target": gettext("lié à"),
        "status": gettext("statut"),
        "from": gettext("depuis"),
        "to": gettext("jusqu'à"),
        "from_text": gettext("depuis"),
        "to_text": gettext("jusqu'à"),
        "amount": gettext("montant"),
        "amount_kind": gettext("sorte de montant"),
        "attributes": gettext("précisions"),
        "sources": gettext("nombre de sources"),
        "name": gettext("nom"),
        "text": gettext("nom"),
        "type": gettext("genre"),
        "names": gettext("noms"),
        "identifiers": gettext("numéros officiels"),
        "notices": gettext("réponses et corrections"),
        "state": gettext("état"),
        "+": gettext("ajouté"),
        "-": gettext("retiré"),
    }.get(name, name.replace("_", " "))


def public_changes(
    rows: Sequence[published.News], properties: Mapping[str, str] | None = None
) -> list[ShownChange]:
    """Return lines of the public history, newest first. `properties`: code of each fact."""
    targets = [
        note["target"]
        for row in rows
        for note in (row.before, row.after)
        if note and "target" in note
    ]
    names = {key: record.name for key, record in published.find_records(targets).items()}
    return [_public_change(row, names, properties or {}) for row in rows]


def _public_change(
    row: published.News, names: Mapping[str, str], properties: Mapping[str, str]
) -> ShownChange:
    code = properties.get(row.claim, "")
    before, after = row.before or {}, row.after or {}
    diffs = []
    if row.what == "changed":
        for name in dict.fromkeys([*before, *after]):
            old = _said(name, before.get(name), code, names)
            new = _said(name, after.get(name), code, names)
            if old != new:
                diffs.append(Diff(label=field_label(name), parts=compare(old, new)))
    return ShownChange(
        at=row.at,
        by=row.by,
        what_label=what_label(row.what),
        title=_title(row, code, names),
        reason=row.reason,
        url=row.url if row.kind else "",
        diffs=tuple(diffs),
    )


def _title(row: published.News, code: str, names: Mapping[str, str]) -> str:
    """Say the fact as it was then, in the reader's language; the house keeps it in French."""
    note = row.after or row.before or {}
    if not code or not row.name:
        return row.title
    what = _said("target", note.get("target"), code, names) or _said(
        "value", note.get("value"), code, names
    )
    return f"{row.name}{gettext(' : ')}{label_of(code)} {what}".strip()


def _said(name: str, value: Any, code: str, names: Mapping[str, str]) -> str:
    if value is None:
        return ""
    if name == "target":
        return names.get(str(value), "")
    if name == "value" and code:
        return value_text(code, value)[0] or str(value)
    if name == "attributes" and isinstance(value, dict):
        return ", ".join(f"{key} : {text}" for key, text in attributes_text(code, value))
    if name == "type":
        return label("entity_types", str(value))
    if name == "status":
        return {
            "ALLEGED": gettext("allégué"),
            "DOCUMENTED": gettext("documenté"),
            "VERIFIED": gettext("vérifié"),
            "CONTRADICTED": gettext("contredit"),
        }.get(str(value), str(value))
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(value)


def verb_label(verb: str) -> str:
    """Say in words what an act on the census was."""
    return {
        "add_entity": gettext("fiche créée"),
        "rename_entity": gettext("fiche renommée"),
        "change_entity": gettext("fiche modifiée"),
        "add_name": gettext("nom ajouté"),
        "remove_name": gettext("nom retiré"),
        "add_identifier": gettext("numéro ajouté"),
        "remove_identifier": gettext("numéro retiré"),
        "ensure_place": gettext("lieu repris de la liste des communes"),
        "ensure_technology": gettext("technique reprise du vocabulaire"),
        "add_claim": gettext("fait écrit"),
        "draft_claim": gettext("fait écrit"),
        "draft_project": gettext("projet écrit"),
        "change_claim": gettext("fait modifié"),
        "add_evidence": gettext("preuve ajoutée"),
        "remove_evidence": gettext("preuve retirée"),
        "check_evidence": gettext("passage lu"),
        "submit": gettext("relecture demandée"),
        "publish": gettext("publié"),
        "publish_entities": gettext("fiche publiée"),
        "return_to_author": gettext("renvoyé à l'auteur"),
        "withdraw": gettext("retiré"),
        "withdraw_entity": gettext("fiche retirée"),
        "decide_person_hold": gettext("décision sur un nom retenu"),
        "merge": gettext("fiches fusionnées"),
        "undo_merge": gettext("fusion défaite"),
        "mark_not_same": gettext("jugées différentes"),
        "answer_notice": gettext("message traité"),
        "revert": gettext("retour en arrière"),
        "import": gettext("importé"),
    }.get(verb, verb.replace("_", " "))


CANNOT_GO_BACK = {
    "publish", "publish_entities", "withdraw", "withdraw_entity", "submit", "revert",
    "check_evidence", "mark_not_same", "answer_notice", "import",
}  # fmt: skip
"""Acts for which "go back" would be refused, or would mean something else."""
MOST_LINES = 40


def working_changes(changes: Iterable[Change], *, may_revert: bool) -> list[ShownChange]:
    """Return acts on a record with their lines, for those who work on it."""
    shown = []
    for change in changes:
        lines = list(change.lines.all())
        diffs = [
            Diff(
                label=f"{field_label(line.field)}",
                parts=compare(_line(line.before), _line(line.after)),
            )
            for line in lines[:MOST_LINES]
        ]
        may = may_revert and change.verb not in CANNOT_GO_BACK and change.run_id is None
        one = ShownChange(
            at=change.at,
            by=change.by.get_username(),
            what_label=verb_label(change.verb),
            title="",
            reason=change.reason,
            diffs=tuple(diffs),
        )
        if may:
            one = replace(one, revert_url=reverse("census:revert", args=[change.pk]))
        shown.append(one)
    return shown


def _line(value: Any) -> str:
    """Write one value of a history line: a row is written as its fields."""
    if value is None:
        return ""
    if isinstance(value, dict):
        left_out = {
            "made_by",
            "made_at",
            "entity",
            "id",
            "subject",
            "claim",
            "added_by",
            "added_at",
        }
        return ", ".join(
            f"{name} : {_line(one)}" for name, one in value.items() if name not in left_out
        )
    if isinstance(value, list):
        return ", ".join(_line(one) for one in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
