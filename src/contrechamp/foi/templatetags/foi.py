"""What templates say of requests."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from contrechamp.foi.domain.facts import Kind
from contrechamp.foi.domain.hiding import MARKS
from contrechamp.foi.domain.possible import BY_HAND
from contrechamp.foi.domain.refusals import REASONS
from contrechamp.foi.domain.states import State
from contrechamp.foi.domain.steps import Step
from contrechamp.foi.models import FactRow, Reply, Request
from contrechamp.foi.queries.page import Page
from contrechamp.foi.shown import acts, words
from contrechamp.kernel.errors import Refused

register = template.Library()
READ_AS = frozenset(words.READ_AS)


@register.filter
def state_words(state: str) -> str:
    """Return the name of a state."""
    return words.state_words(state)


@register.filter
def tone(state: str) -> str:
    """Return how a state is coloured; its words always stand beside."""
    return words.TONES.get(State(state), "plain")


@register.filter
def step_words(step: Step) -> str:
    """Return the sentence of the next step."""
    return words.said(step.sentence, step.values)


@register.filter
def blocker_words(blocker: object) -> str:
    """Return why a silence is not verified."""
    sentence = getattr(blocker, "sentence", "")
    values = getattr(blocker, "values", {})
    return words.said(sentence, values if isinstance(values, Mapping) else {})


@register.filter
def fact_words(row: FactRow) -> str:
    """Return what a fact is."""
    return words.fact_words(row.kind, row.values)


@register.filter
def proof_words(row: FactRow) -> str:
    """Return how a fact's day is proved."""
    return gettext(words.PROOFS[row.proof])  # type: ignore[index]


@register.filter
def refused_words(error: Refused) -> str:
    """Return the sentence of a refusal or a finding with its values."""
    return words.said(error.sentence, error.values)


@register.filter
def reply_title(reply: Reply) -> str:
    """Return what a reply came as."""
    return gettext("lettre") if reply.kind == "LETTER" else gettext("courriel")


@register.filter
def is_by_hand(row: FactRow) -> bool:
    """Answer whether a person records such facts, and may correct this one."""
    return row.kind in BY_HAND


@register.filter
def is_open_removal(row: FactRow) -> bool:
    """Answer whether a fact takes another back, and nothing has put that one back since."""
    is_one = row.values.get("is_removal") is True
    return is_one and not FactRow.objects.filter(corrects=row).exists()


@register.filter
def reason_words(code: str) -> str:
    """Return a reason of refusal in words, with its article."""
    known = gettext(REASONS[code]) if code in REASONS else ""
    return f"{known} ({code})" if known and code[0] == "L" else known or code


@register.filter
def read_as(kind: str) -> str:
    """Return what a letter is taken for."""
    return gettext(words.READ_AS[Kind(kind)]) if kind in READ_AS else ""


@register.filter
def read_replies(request: Request) -> list[Reply]:
    """Return the letters of a request that somebody has read, the latest first."""
    rows = request.replies.exclude(state=Reply.State.UNREAD).select_related("fact")
    return list(rows.order_by("-day", "-pk"))


@register.filter
def next_acts(page: Page) -> list[tuple[str, str, bool]]:
    """Return what can be done at a request now: address, label, whether it is the next step."""
    return acts.of_page(page)


@register.filter
def masks(text: str) -> SafeString:
    """Return a letter with what is hidden in it set apart, in the reader's language."""
    said = str(conditional_escape(text))
    for mark in MARKS:
        said = said.replace(mark, f'<span class="masked">{gettext(mark)}</span>')
    return mark_safe(said)  # noqa: S308  escaped above; marks are ours
