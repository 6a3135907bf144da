"""How documents are written on a page: their type, their text, the place of a rectangle."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from contrechamp.documents.domain.layout import Rect, flow
from contrechamp.documents.models import Quote, Version
from contrechamp.documents.queries import shares
from contrechamp.documents.queries.cards import Action, action_url
from contrechamp.foundation import vocabulary
from contrechamp.ui.domain.share import Share

register = template.Library()


@register.filter
def doc_type(code: str) -> str:
    """Return the type of a document in the reader's language."""
    return vocabulary.label("document_types", code)


@register.filter
def remedy(reason: str) -> str:
    """Return what to do about a file that was refused."""
    found = vocabulary.label("ingest_reasons", reason, "remedy")
    return "" if found == reason else found


@register.filter
def personal(kind: str) -> str:
    """Return what a passage may tell of a person, in the reader's language."""
    return vocabulary.label("personal_data", kind)


@register.filter
def hidden(kind: str) -> str:
    """Return why something of a PDF is not seen, in the reader's language."""
    return vocabulary.label("hidden_text", kind)


@register.filter
def keeping(reason: str) -> str:
    """Return why a passage is kept, in the reader's language."""
    return vocabulary.label("keeping_reasons", reason)


@register.filter
def flowed(text: str) -> SafeString:
    """Return a page's text with an end of line where a paragraph ends."""
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in flow(text)))


@register.filter
def svg(rect: Rect) -> SafeString:
    """Return the attributes of an SVG rectangle, with points whatever the language."""
    return format_html(
        'x="{}" y="{}" width="{}" height="{}"',
        *(f"{value:.5f}" for value in (rect.x0, rect.y0, rect.width, rect.height)),
    )


@register.simple_tag
def quote_action(action: Action, quote_id: str) -> str:
    """Return the address at which a quote is used."""
    return action_url(action.name, quote_id)


@register.simple_tag
def quote_share(quote: Quote, version: Version) -> Share:
    """Return what a public quote gives to others."""
    return shares.quote_share(quote, version)


@register.filter
def redaction_reason(code: str) -> str:
    """Return why a passage is hidden, in the reader's language."""
    return vocabulary.label("redaction_reasons", code)


@register.filter
def redaction_mark(code: str) -> str:
    """Return what is painted on a box."""
    return str(vocabulary.terms("redaction_reasons").get(code, {}).get("mark", code))


@register.filter
def zone(rect: list[float]) -> str:
    """Return a rectangle as an address writes it."""
    return ",".join(f"{at:.4f}" for at in rect)


CHECKS = {
    "text": gettext_lazy("le texte, par plusieurs lecteurs"),
    "bytes": gettext_lazy("les octets et les métadonnées"),
    "structure": gettext_lazy("annotations, pièces jointes, calques, états anciens"),
    "picture": gettext_lazy("l'image, relue par une machine"),
    "words": gettext_lazy("les mots qui restent"),
    "beside": gettext_lazy("les noms et les titres"),
    "elsewhere": gettext_lazy("les autres documents"),
}


@register.filter
def leak_check(name: str) -> str:
    """Return what a check of the leak test looks at."""
    return str(CHECKS.get(name, name))
