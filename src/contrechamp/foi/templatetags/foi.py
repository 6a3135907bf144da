"""What templates say of requests."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from contrechamp.foi.domain.hiding import MARKS
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
def masks(text: str) -> SafeString:
    """Return a letter with what is hidden in it set apart, in the reader's language."""
    said = str(conditional_escape(text))
    for mark in MARKS:
        said = said.replace(mark, f'<span class="masked">{gettext(mark)}</span>')
    return mark_safe(said)  # noqa: S308  escaped above; marks are ours
