"""What requests offer to search and exports: public ones, no example among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.utils import timezone

from contrechamp.foi.models import Request
from contrechamp.foi.queries import published
from contrechamp.foi.queries.published import REF
from contrechamp.foundation.plug import Entry, Findable
from contrechamp.kernel.errors import gettext_noop
from contrechamp.kernel.tables import Column, Table

from .data import fact_row, row_of

PART = 400


def _all() -> Iterator[Entry]:
    return _entries(published.rows().iterator(PART))


def _some(refs: Sequence[str]) -> Iterable[Entry]:
    return _entries(published.some([ref.removeprefix(REF) for ref in refs]))


def _entries(requests: Iterable[Request]) -> Iterator[Entry]:
    for one in published.told(requests, now=timezone.now()):
        asked, body = one.request, one.request.body
        yield Entry(
            ref=f"{REF}{asked.pk}",
            kind="request",
            title=" — ".join(filter(None, [asked.title, one.body_name])),
            text=" ".join(item.wording for item in one.items)[:5000],
            url=one.url,
            also=asked.pk,
            places=(body.territory,) if body and body.territory else (),
            date=asked.sent_on,
            at=asked.published_at,
        )


FINDABLE = Findable(prefix=REF, entries=_all, some=_some)


def _rows() -> Iterator[Sequence[object]]:
    """Yield the public requests by identifier: the state is that of the day of the export."""
    rows = published.rows().order_by("pk").iterator(PART)
    return (row_of(one, "") for one in published.told(rows, now=timezone.now()))


def _facts() -> Iterator[Sequence[object]]:
    rows = published.rows().order_by("pk").iterator(PART)
    for one in published.told(rows, now=timezone.now()):
        yield from (fact_row(row) for row in one.facts)


def _items() -> Iterator[Sequence[object]]:
    rows = published.rows().order_by("pk").iterator(PART)
    for one in published.told(rows, now=timezone.now()):
        for item in one.items:
            yield one.request.pk, item.position, item.code, item.wording, item.outcome


TABLES = (
    Table(
        name="requests",
        about=gettext_noop("Les demandes de documents rendues publiques."),
        columns=(
            Column("id", gettext_noop("Identifiant de la demande.")),
            Column("title", gettext_noop("Son titre.")),
            Column("body", gettext_noop("Identifiant de l'administration dans l'annuaire.")),
            Column("body_name", gettext_noop("Nom de l'administration.")),
            Column("siren", gettext_noop("Son numéro SIREN.")),
            Column("departement", gettext_noop("Code du département.")),
            Column("state", gettext_noop("Où en est la demande, en code.")),
            Column("state_words", gettext_noop("Le même, en mots.")),
            Column("sent_on", gettext_noop("Jour de l'envoi."), "date"),
            Column("first_answer_on", gettext_noop("Jour de la première réponse."), "date"),
            Column("days_to_answer", gettext_noop("Jours jusqu'à la réponse."), "integer"),
            Column("act_by", gettext_noop("Jour sûr pour agir."), "date"),
            Column("project", gettext_noop("Fiche du projet."), leads_to="nodes"),
            Column("published_on", gettext_noop("Jour de la publication ici."), "date"),
            Column("url", gettext_noop("Adresse de sa page sur ce site.")),
        ),
        rows=_rows,
        searched=("title",),
    ),
    Table(
        name="request_items",
        about=gettext_noop("Les documents demandés, et ce que chacun est devenu."),
        columns=(
            Column("request", gettext_noop("La demande."), leads_to="requests"),
            Column("position", gettext_noop("Son rang dans la demande."), "integer"),
            Column("code", gettext_noop("Sorte de document, au catalogue ; vide : mots libres.")),
            Column("wording", gettext_noop("Les mots de la demande.")),
            Column("outcome", gettext_noop("Ce qu'il est devenu, en code.")),
        ),
        rows=_items,
        is_keyed=False,
    ),
    Table(
        name="request_facts",
        about=gettext_noop("Ce qui est arrivé à chaque demande publique, jour par jour."),
        columns=(
            Column("request", gettext_noop("La demande."), leads_to="requests"),
            Column("fact", gettext_noop("Identifiant du fait.")),
            Column("kind", gettext_noop("Sorte de fait, en code.")),
            Column("words", gettext_noop("La même, en mots.")),
            Column("first", gettext_noop("Premier jour possible."), "date"),
            Column("last", gettext_noop("Dernier jour possible."), "date"),
            Column("proof", gettext_noop("Ce qui le prouve, en code.")),
            Column("number", gettext_noop("Numéro donné par l'administration ou la CADA.")),
            Column("sense", gettext_noop("Sens d'un avis, ou issue d'un jugement.")),
            Column("reasons", gettext_noop("Codes des motifs d'un refus, séparés par une espace.")),
        ),
        rows=_facts,
        is_keyed=False,
    ),
)
