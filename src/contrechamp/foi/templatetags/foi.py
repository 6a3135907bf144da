"""What templates say of requests."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext

from contrechamp.foi.domain.possible import BY_HAND
from contrechamp.foi.domain.refusals import REASONS
from contrechamp.foi.domain.states import State
from contrechamp.foi.domain.steps import Step
from contrechamp.foi.models import STATES, FactRow, Reply
from contrechamp.foi.shown import words
from contrechamp.kernel.errors import Refused

register = template.Library()
LABELS = dict(STATES)


@register.filter
def state_words(state: str) -> str:
    """Return the name of a state."""
    return str(LABELS[State(state)])


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
