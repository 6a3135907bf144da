"""What a found thing is, in a word, and why it was found, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from contrechamp.foundation import vocabulary
from contrechamp.kernel.errors import gettext_noop
from contrechamp.search import queries
from contrechamp.search.domain import Piece, Reason
from contrechamp.search.queries import NamedRecord

register = template.Library()

ONE = {
    "project": gettext_noop("projet"),
    "actor": gettext_noop("acteur"),
    "technology": gettext_noop("technologie"),
    "contract": gettext_noop("contrat"),
    "place": gettext_noop("lieu"),
    "fact": gettext_noop("fait"),
    "act": gettext_noop("acte"),
    "opinion": gettext_noop("avis de la CADA"),
    "page": gettext_noop("document"),
    "document": gettext_noop("document"),
    "body": gettext_noop("organisme"),
    "request": gettext_noop("demande de documents"),
    "action": gettext_noop("action en justice"),
    "experiment": gettext_noop("expérience"),
    "post": gettext_noop("message du forum"),
}


@register.filter
def kind_label(code: str) -> str:
    """Return the word for one thing of a kind."""
    return gettext(ONE[code]) if code in ONE else code


@register.filter
def type_label(record: NamedRecord) -> str:
    """Return what a record is: its type in words, else its kind."""
    known = record.type in vocabulary.terms("entity_types")
    return vocabulary.label("entity_types", record.type) if known else kind_label(record.kind)


@register.filter
def marked(pieces: Sequence[Piece]) -> SafeString:
    """Return pieces of a text as HTML, those that answer marked: a template takes much longer for
    it, and a page of results has a hundred.
    """
    return mark_safe(  # noqa: S308  each piece is escaped
        "".join(f"<mark>{escape(p.text)}</mark>" if p.mark else escape(p.text) for p in pieces)
    )


@register.filter
def account(reasons: Sequence[Reason]) -> list[str]:
    """Return why something was found, one sentence for each part of the query."""
    return queries.account(reasons)
