"""Public requests as data: the same words and days as their pages say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contrechamp.foi.domain.facts import Kind
from contrechamp.foi.models import STATES, FactRow, Request
from contrechamp.foi.queries import published
from contrechamp.foi.queries.published import Told
from contrechamp.foi.shown.words import fact_words

COLUMNS = (
    "identifiant",
    "titre",
    "administration",
    "nom",
    "siren",
    "departement",
    "etat",
    "etat_en_mots",
    "envoyee_le",
    "premiere_reponse_le",
    "jours_de_reponse",
    "agir_avant",
    "projet",
    "publiee_le",
    "adresse",
)
FACTS = (
    *("demande", "fait", "sorte", "mots", "premier_jour", "dernier_jour", "preuve", "numero"),
    *("sens", "motifs"),
)
LABELS = dict(STATES)


def row_of(one: Told, site: str) -> Sequence[object]:
    """Return a request in the columns of `COLUMNS`."""
    asked, body = one.request, one.request.body
    return (
        *(asked.pk, asked.title, asked.body_id or "", one.body_name, body.siren if body else ""),
        *(body.departement if body else "", one.state, str(LABELS[one.state])),
        *(asked.sent_on or "", asked.first_answer_on or ""),
        *("" if asked.days_to_answer is None else asked.days_to_answer, one.act_by or ""),
        *(asked.project, asked.published_at.date() if asked.published_at else ""),
        f"{site}{one.url}",
    )


def fact_row(row: FactRow) -> Sequence[object]:
    """Return a public fact in the columns of `FACTS`."""
    said = row.values
    return (
        *(row.request_id, row.pk, row.kind, fact_words(row.kind, said), row.first, row.last),
        *(row.proof, said.get("number") or "", said.get("sense") or said.get("outcome") or ""),
        " ".join(map(str, said.get("reasons") or ())),
    )


def as_data(one: Told, site: str) -> dict[str, Any]:
    """Return a request as plain values, without its letters."""
    said = dict(zip(COLUMNS, row_of(one, site), strict=True))
    return {
        **{name: None if value == "" else value for name, value in said.items()},
        "documents_demandes": [
            {"numero": item.position, "sorte": item.code or None, "texte": item.wording,
             "issue": item.outcome}
            for item in one.items
        ],
        "faits": [
            {name: None if value == "" else value for name, value in
             zip(FACTS[1:], fact_row(row)[1:], strict=True)}
            for row in one.facts
        ],
    }  # fmt: skip


def whole(one: Told, site: str, papers: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return all that everybody may read of a request: its letters and documents too.

    `papers`: title and path of each public document that came.
    """
    request: Request = one.request
    return as_data(one, site) | {
        "exemple": request.is_example,
        "privee_jusque_la": request.private_reason or None,
        "lettres": [
            {"jour": row.day, "sens": row.direction, "objet": row.subject, "texte": row.text}
            for row in published.letters(request)
        ],
        "documents_obtenus": [
            {"titre": title, "adresse": f"{site}{path}"} for title, path in papers
        ],
    }


def fact_title(row: FactRow) -> str:
    """Return what a fact is, for a feed."""
    return fact_words(Kind(row.kind), row.values)
