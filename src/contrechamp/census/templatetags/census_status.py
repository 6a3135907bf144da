"""How sure a fact is: a sign and a word, never a colour alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop, ngettext

register = template.Library()

SIGNS = {"alleged": "○", "documented": "◐", "verified": "●", "contradicted": "⚡"}
WORDS = {
    "alleged": gettext_noop("allégué"),
    "documented": gettext_noop("documenté"),
    "verified": gettext_noop("vérifié"),
    "contradicted": gettext_noop("contredit"),
}
RULES = {
    "alleged": gettext_noop(
        "Quelqu'un l'affirme, mais aucun acte ni registre ne l'établit encore. "
        "C'est publié parce qu'une personne de l'équipe l'a décidé."
    ),
    "documented": gettext_noop(
        "Un acte, un registre officiel ou deux publications indépendantes l'établissent."
    ),
    "verified": gettext_noop(
        "Le passage qui l'établit a été lu par deux personnes : celle qui l'a cité et une autre."
    ),
    "contradicted": gettext_noop(
        "Un acte, un document ou un registre dit le contraire. Les deux côtés sont montrés."
    ),
}


@register.simple_tag
def status(code: str) -> SafeString:
    """Return the sign and the word of a status."""
    code = (code or "").lower()
    if code not in SIGNS:
        return SafeString("")
    return format_html(
        '<span class="status status-{}"><span aria-hidden="true">{}</span> {}</span>',
        code,
        SIGNS[code],
        gettext(WORDS[code]),
    )


@register.simple_tag
def status_count(code: str, count: int) -> SafeString:
    """Return the sign of a status with how many facts have it: `● 12 vérifiés`."""
    code = (code or "").lower()
    words = {
        "alleged": ngettext("{count} allégué", "{count} allégués", count),
        "documented": ngettext("{count} documenté", "{count} documentés", count),
        "verified": ngettext("{count} vérifié", "{count} vérifiés", count),
        "contradicted": ngettext("{count} contredit", "{count} contredits", count),
    }
    if code not in SIGNS:
        return SafeString("")
    return format_html(
        '<span class="status status-{}"><span aria-hidden="true">{}</span> {}</span>',
        code,
        SIGNS[code],
        words[code].format(count=count),
    )


@register.filter
def any_dated(facts: Iterable[Any]) -> bool:
    """Answer whether one of the facts says when: else the column would be empty."""
    return any(fact.dates for fact in facts)


@register.filter
def status_rule(code: str) -> str:
    """Return the sentence that says when a fact has this status."""
    return gettext(RULES.get((code or "").lower(), ""))
