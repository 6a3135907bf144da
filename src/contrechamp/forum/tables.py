"""What the forum offers to exports: threads, posts and journal, as visitors read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.timezone import localdate

from contrechamp.forum import published
from contrechamp.kernel.errors import gettext_noop
from contrechamp.kernel.tables import Column, Table


def _threads() -> Iterator[Sequence[object]]:
    for one in published.all_threads():
        row = one.row
        yield (
            *(row.pk, row.title, one.board, row.subject, one.author),
            *(" ".join(one.places), " ".join(one.technologies), row.published_count),
            *(_day(row.created_at), _day(row.last_post_at), row.address),
        )


def _posts() -> Iterator[Sequence[object]]:
    for one in published.all_posts():
        row = one.row
        yield (
            *(row.thread_id, one.n, row.kind, one.author, row.reply_to or "", one.text),
            *(_day(row.published_at), _day(row.edited_at), row.address),
        )


def _journal() -> Iterator[Sequence[object]]:
    for line in published.all_lines():
        yield tuple(_cell(value) for value in line.plain().values())


def _cell(value: object) -> object:
    return "" if value is None else int(value) if isinstance(value, bool) else value


def _day(at: datetime | None) -> str:
    return localdate(at).isoformat() if at else ""


TABLES = (
    Table(
        name="forum_threads",
        about=gettext_noop("Les fils publics du forum."),
        columns=(
            Column("id", gettext_noop("Identifiant du fil.")),
            Column("title", gettext_noop("Son titre.")),
            Column("board", gettext_noop("Son salon.")),
            Column("subject", gettext_noop("De quoi il parle, sorte:identifiant ; ou vide.")),
            Column("author", gettext_noop("Pseudonyme de qui l'a ouvert ; vide : parti.")),
            Column("places", gettext_noop("Territoires où il est classé, séparés par une espace.")),
            Column("technologies", gettext_noop("Techniques où il est classé, de même.")),
            Column("posts", gettext_noop("Combien de messages se lisent."), "integer"),
            Column("opened_on", gettext_noop("Jour de son ouverture."), "date"),
            Column("last_post_on", gettext_noop("Jour de son dernier message."), "date"),
            Column("url", gettext_noop("Adresse de sa page sur ce site.")),
        ),
        rows=_threads,
        searched=("title",),
    ),
    Table(
        name="forum_posts",
        about=gettext_noop(
            "Les messages publics du forum. La licence est celle de la base ; le texte de chacun"
            " reste à qui l'a écrit."
        ),
        columns=(
            Column("thread", gettext_noop("Le fil."), leads_to="forum_threads"),
            Column("n", gettext_noop("Sa place dans le fil, qui ne change jamais."), "integer"),
            Column("kind", gettext_noop("MEMBER, ou SYSTEM : dit par l'observatoire.")),
            Column("author", gettext_noop("Pseudonyme ; vide : l'observatoire, ou parti.")),
            Column("reply_to", gettext_noop("Le message auquel il répond."), "integer"),
            Column("text", gettext_noop("Les mots seuls.")),
            Column("published_on", gettext_noop("Jour de sa publication."), "date"),
            Column("edited_on", gettext_noop("Jour de son dernier changement."), "date"),
            Column("url", gettext_noop("Son adresse sur ce site.")),
        ),
        rows=_posts,
        is_keyed=False,
        searched=("text",),
    ),
    Table(
        name="forum_journal",
        about=gettext_noop("Ce que la modération a fait : jamais à qui, jamais de quel texte."),
        columns=(
            Column("number", gettext_noop("Son numéro au journal."), "integer"),
            Column("on", gettext_noop("Le jour."), "date"),
            Column("verb", gettext_noop("Ce qui a été fait, en code.")),
            Column("reason", gettext_noop("Le motif, en code.")),
            Column("rule", gettext_noop("Numéro de la règle."), "integer"),
            Column("board", gettext_noop("Le salon ; vide s'il n'est pas public.")),
            Column("appealed", gettext_noop("Contesté : 1 ou 0."), "integer"),
            Column("undone", gettext_noop("Annulé depuis : 1 ou 0."), "integer"),
            Column("read_by_one", gettext_noop("Relu par qui avait décidé : 1 ou 0."), "integer"),
        ),
        rows=_journal,
    ),
)
