"""The personal export as its person reads it: words for fields, days for moments, no table names.

What has no word of its own here is of use to programs; it stands in the details, and in the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from re import compile as pattern
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from contrechamp.kernel.errors import gettext_noop

NAMES = {
    "name": gettext_noop("nom"),
    "title": gettext_noop("titre"),
    "subject": gettext_noop("sujet"),
    "text": gettext_noop("texte"),
    "source": gettext_noop("texte, ou source"),
    "before": gettext_noop("texte d'avant"),
    "n": gettext_noop("numéro dans le fil"),
    "number": gettext_noop("numéro"),
    "state": gettext_noop("état"),
    "status": gettext_noop("statut"),
    "kind": gettext_noop("genre"),
    "category": gettext_noop("motif"),
    "reason": gettext_noop("raison"),
    "note": gettext_noop("note"),
    "comment": gettext_noop("commentaire"),
    "answer": gettext_noop("réponse"),
    "detail": gettext_noop("détail"),
    "about": gettext_noop("à propos de"),
    "address": gettext_noop("adresse"),
    "email": gettext_noop("adresse e-mail"),
    "host": gettext_noop("site"),
    "role": gettext_noop("rôle"),
    "language": gettext_noop("langue"),
    "level": gettext_noop("ce que vous voulez en savoir"),
    "frequency": gettext_noop("combien de courriels"),
    "scope": gettext_noop("étendue"),
    "value": gettext_noop("valeur"),
    "property": gettext_noop("ce qui est dit"),
    "exact": gettext_noop("passage"),
    "label": gettext_noop("intitulé"),
    "files": gettext_noop("fichiers joints"),
    "thread": gettext_noop("fil"),
    "query": gettext_noop("recherche"),
    "code": gettext_noop("code"),
    "day": gettext_noop("jour"),
    "at": gettext_noop("quand"),
    "since": gettext_noop("depuis"),
    "until": gettext_noop("jusqu'au"),
    "made_at": gettext_noop("fait le"),
    "made_on": gettext_noop("fait le"),
    "added_at": gettext_noop("ajouté le"),
    "created_at": gettext_noop("écrit le"),
    "changed_at": gettext_noop("changé le"),
    "edited_at": gettext_noop("modifié le"),
    "saved_at": gettext_noop("enregistré le"),
    "read_at": gettext_noop("lu le"),
    "sent_at": gettext_noop("envoyé le"),
    "published_at": gettext_noop("publié le"),
    "decided_at": gettext_noop("décidé le"),
    "confirmed_at": gettext_noop("confirmé le"),
    "resolved_at": gettext_noop("traité le"),
    "undone_at": gettext_noop("annulé le"),
    "removed_at": gettext_noop("retiré le"),
    "withdrawn_on": gettext_noop("retiré le"),
    "proposed_at": gettext_noop("proposé le"),
    "submitted_at": gettext_noop("envoyé en relecture le"),
    "opened_on": gettext_noop("ouvert le"),
    "last_month_signed_in": gettext_noop("dernier mois de connexion"),
    "ends_at": gettext_noop("finit le"),
    "used_at": gettext_noop("utilisé le"),
    "used_on": gettext_noop("utilisé le"),
    "uses": gettext_noop("a servi (fois)"),
    "uses_left": gettext_noop("peut encore servir (fois)"),
    "moderates": gettext_noop("s'occupe de la modération"),
    "standing": gettext_noop("confiance"),
    "remember_reading": gettext_noop("se souvenir de ce que vous avez lu"),
    "silenced_until": gettext_noop("silence jusqu'au"),
    "is_shown": gettext_noop("nom montré sur la page du groupe"),
    "is_public": gettext_noop("public"),
    "group__name": gettext_noop("groupe"),
    "blocked__username": gettext_noop("personne bloquée"),
}
"""The words for a field, whichever room has it."""
THINGS = {
    "account": gettext_noop("Compte"),
    "welcomes": gettext_noop("Lien d'invitation"),
    "memberships": gettext_noop("Groupe local"),
    "passkeys": gettext_noop("Clé d'accès"),
    "blocks": gettext_noop("Personne bloquée"),
    "recovery_codes": gettext_noop("Code de secours"),
    "invitations": gettext_noop("Lien pour choisir la phrase de passe"),
    "act": gettext_noop("Ce qui a été fait du compte"),
}
"""What a row of the account itself is (`queries.own`)."""
MOMENT = pattern(r"\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One row: what it is, what one reads of it, and what only programs read."""

    title: str
    values: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one room has of a person, under a name that says what it is."""

    anchor: str
    label: str
    rows: tuple[Read, ...]


def read_part(key: str, part: Mapping[str, Any]) -> Part:
    """Return a part of `data.json` as one reads it."""
    rows = tuple(_read(row) for row in part["rows"])
    return Part(anchor=key.replace(".", "-"), label=part["label"], rows=rows)


def _read(row: Mapping[str, Any]) -> Read:
    thing = THINGS.get(str(row.get("is", "")), "")
    known, others = [], []
    for name, value in row.items():
        if name == "is" or value in (None, "", [], {}):
            continue
        if name in NAMES:
            known.append((gettext(NAMES[name]), _said(value)))
        else:
            others.append((name, _said(value)))
    return Read(title=gettext(thing) if thing else "", values=tuple(known), others=tuple(others))


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("oui") if value else gettext("non")
    if isinstance(value, list):
        return " · ".join(map(_said, value))
    if isinstance(value, Mapping):
        return " · ".join(f"{name} = {_said(one)}" for name, one in value.items())
    text = str(value)
    return _moment(text) if isinstance(value, str) and MOMENT.match(text) else text


def _moment(text: str) -> str:
    try:
        if "T" not in text:
            return date_format(date.fromisoformat(text), "DATE_FORMAT")
        return date_format(localtime(datetime.fromisoformat(text)), "DATETIME_FORMAT")
    except ValueError:
        return text
