"""How sure a fact is: a sign and a word, never a colour alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape as plain_escape
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext

from contrechamp.census.shown.facts import ShownFact
from contrechamp.census.shown.statuses import RULES, SIGNS, WORDS

register = template.Library()

OUTSIDE = "noopener noreferrer nofollow external"


def escape(text: object) -> str:
    """Return a text that is only text wherever it stands in a page."""
    return plain_escape(str(text), quote=True)


@register.simple_tag
def status(code: str) -> SafeString:
    """Return the sign and the word of a status."""
    code = (code or "").lower()
    return _status(code, get_language()) if code in SIGNS else SafeString("")


@lru_cache(maxsize=64)
def _status(code: str, _language: str | None) -> SafeString:
    """Make it once for each language: a page says it fifty times."""
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


@register.simple_tag
def fact_rows(facts: Iterable[ShownFact], with_label: object, dated: bool) -> SafeString:
    """Return the rows of a table of facts.

    Written here and not in a template: a record may have hundreds of facts, and this is ten
    times quicker. All that comes from people goes through `escape`.
    """
    words = {
        "proof": escape(gettext("preuve")),
        "fact": escape(gettext("Voir le fait, ses sources et son histoire")),
        "undated": f'<span class="meta">{escape(gettext("non daté"))}</span>',
        "colon": escape(gettext(" : ")),
    }
    badges = {code: status(code) for code in SIGNS}
    return mark_safe(  # noqa: S308  escaped part by part
        "\n".join(_row(fact, bool(with_label), dated, words, badges) for fact in facts)
    )


def _row(
    fact: ShownFact,
    with_label: bool,
    dated: bool,
    words: Mapping[str, str],
    badges: Mapping[str, str],
) -> str:
    cells = [f'<tr id="{escape(fact.id)}">']
    if with_label:
        cells.append(f'<th scope="row">{escape(capfirst(fact.label))}</th>')
    cells.append(f"<td>{_value(fact, words['colon'])}</td>")
    if dated:
        cells.append(f"<td>{escape(fact.dates) if fact.dates else words['undated']}</td>")
    proof = fact.proof
    outside = f' rel="{OUTSIDE}"' if proof.is_outside else ""
    cells.append(
        f'<td class="fact-proof"><a class="fact-status" href="{escape(fact.url)}" '
        f'title="{words["fact"]}">{badges.get(fact.status, "")}</a> '
        f'<a class="proof" href="{escape(proof.url)}"{outside}>'
        f'<span class="aim" aria-hidden="true"></span>{words["proof"]} '
        f'<span class="proof-where">{escape(proof.where)}</span></a></td></tr>'
    )
    return "".join(cells)


def _value(fact: ShownFact, colon: str) -> str:
    if fact.other_url:
        said = f'<a href="{escape(fact.other_url)}">{escape(fact.other_name)}</a>'
    elif fact.text_url:
        said = f'<a href="{escape(fact.text_url)}" rel="{OUTSIDE}">{escape(fact.text)}</a>'
    else:
        said = escape(fact.text).replace("\n", "<br>")
    if fact.amount:
        said += f' <span class="amount">{escape(fact.amount)}</span>'
        if fact.amount_label:
            said += f' <span class="meta">({escape(fact.amount_label)})</span>'
    for name, text in fact.attributes:
        said += f' <span class="tag">{escape(name)}{colon}{escape(text)}</span>'
    return said


@register.filter
def any_dated(facts: Iterable[Any]) -> bool:
    """Answer whether one of the facts says when: else the column would be empty."""
    return any(fact.dates for fact in facts)


@register.filter
def status_rule(code: str) -> str:
    """Return the sentence that says when a fact has this status."""
    return gettext(RULES.get((code or "").lower(), ""))
