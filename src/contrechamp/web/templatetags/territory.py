"""Words of territory pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext

from contrechamp.foundation.vocabulary import label
from contrechamp.kernel.errors import gettext_noop
from contrechamp.ui.templatetags.look import uncertain
from contrechamp.web.domain.money import Bar
from contrechamp.web.domain.questions import Question, letter_of

if TYPE_CHECKING:
    from contrechamp.census.published import Fact
    from contrechamp.places.models import Territory

register = template.Library()

KICKERS = {
    "commune": gettext_noop("Commune"),
    "arrondissement": gettext_noop("Arrondissement municipal"),
    "epci": gettext_noop("Intercommunalité"),
    "departement": gettext_noop("Département"),
    "region": gettext_noop("Région"),
}
TAXES = {
    "excl": gettext_noop("hors taxes"),
    "incl": gettext_noop("toutes taxes comprises"),
    "unknown": gettext_noop("taxes non précisées"),
}


@register.simple_tag
def place_kicker(territory: Territory) -> str:
    """Say what kind of territory this is."""
    if territory.successor:
        return gettext("Ancienne commune")
    words = gettext(KICKERS.get(territory.kind, ""))
    return f"{words} {territory.code}" if territory.kind == "departement" else words


@register.simple_tag
def place_title(territory: Territory) -> str:
    """Return the name with what tells it from its homonyms."""
    if territory.kind == "commune":
        return f"{territory.name} ({territory.departement})"
    return territory.name


@register.simple_tag
def place_feed(territory: Territory) -> str:
    """Return the address of a territory's feed."""
    door = "commune" if territory.kind == "arrondissement" else territory.kind
    return reverse(f"web:{door}-feed", args=[territory.slug])


OUTSIDE = ' rel="noopener noreferrer nofollow external"'


@register.simple_tag
def proof(fact: Fact) -> SafeString:
    """Return the link to the passage that a fact rests on; failing that, to the fact."""
    best = fact.proof
    url = (best.url if best else "") or fact.url
    outside = OUTSIDE if best and best.is_outside else ""
    words = escape(gettext("preuve"))
    # Not `format_html`: a page has forty of them. All that comes from people goes through `escape`.
    return mark_safe(  # noqa: S308
        f'<a class="proof" href="{escape(url)}"{outside}>'
        f'<span class="aim" aria-hidden="true"></span> {words}<span class="visually-hidden"> : '
        f"{escape(fact.subject.name)}, {escape(fact.label)}</span></a>"
    )


@register.simple_tag
def money_kind(code: str) -> str:
    """Say what kind of amount it is."""
    return capfirst(label("amount_kinds", code) if code else gettext("montant"))


@register.simple_tag
def money_tax(code: str) -> str:
    """Say whether taxes are in it."""
    return gettext(TAXES[code]) if code in TAXES else code


@register.simple_tag
def middle(bar: Bar) -> str:
    """Return the middle of a bar."""
    return f"{bar.x + bar.width / 2:.1f}"


@register.simple_tag
def say(sentence: str) -> str:
    """Translate a sentence that a rule gave."""
    return gettext(sentence)


@register.simple_tag
def letter(question: Question, territory: Territory) -> str:
    """Return a request for documents, ready to be sent: in French, as one writes to them."""
    return letter_of(question, kind=territory.kind, name=territory.name)


@register.filter
def with_records(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows that have something, most first."""
    known = [row for row in rows if row["count"]]
    return sorted(known, key=lambda row: (-row["count"], row["territory"].folded))


@register.filter
def when(text: str) -> str:
    """Write a date as its source gives it; a full day in words."""
    try:
        return date_format(date.fromisoformat(text), "j F Y")
    except ValueError:
        return uncertain(text)


@register.filter
def when_of(fact: Fact) -> str:
    """Write the date that a fact is, or that it has."""
    if fact.property.endswith("_on"):
        return when(str(fact.value))
    return when(fact.from_text) if fact.from_text else fact.dates_text
