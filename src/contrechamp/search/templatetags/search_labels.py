"""What a found thing is, in a word."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from contrechamp.kernel.errors import gettext_noop

register = template.Library()

ONE = {
    "project": gettext_noop("projet"),
    "actor": gettext_noop("acteur"),
    "technology": gettext_noop("technologie"),
    "contract": gettext_noop("contrat"),
    "place": gettext_noop("lieu"),
    "fact": gettext_noop("fait"),
    "page": gettext_noop("document"),
    "document": gettext_noop("document"),
}


@register.filter
def kind_label(code: str) -> str:
    """Return the word for one thing of a kind."""
    return gettext(ONE[code]) if code in ONE else code
