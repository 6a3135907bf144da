"""What templates say of actions."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from contrechamp.cases.domain.entering import FROM_SOURCE
from contrechamp.cases.domain.facts import Kind
from contrechamp.cases.domain.kinds import ActionKind
from contrechamp.cases.domain.openings import BEFORE, Opening, Openness
from contrechamp.cases.domain.picking import Candidate
from contrechamp.cases.domain.states import State
from contrechamp.cases.domain.steps import Step
from contrechamp.cases.domain.tasks import Task
from contrechamp.cases.models import KINDS, STATES, FactRow
from contrechamp.cases.queries.results import Decided
from contrechamp.cases.shown import windows, words

register = template.Library()
LABELS = dict(STATES)
NAMES = dict(KINDS)


@register.filter
def case_state(state: str) -> str:
    """Return the name of a state."""
    return str(LABELS[State(state)])


@register.filter
def case_kind(kind: str) -> str:
    """Return the name of a kind of action."""
    return str(NAMES[ActionKind(kind)])


@register.filter
def case_tone(state: str) -> str:
    """Return how a state is coloured; its words always stand beside."""
    return words.TONES.get(State(state), "plain")


@register.filter
def case_step(step: Step) -> str:
    """Return the sentence of the next step."""
    return words.said(step.sentence, step.values)


@register.filter
def case_task(task: Task) -> str:
    """Return what a task is."""
    return words.said(task.sentence, task.values)


@register.filter
def case_fact(row: FactRow) -> str:
    """Return what a fact is."""
    return words.fact_words(row.kind, row.values)


@register.filter
def case_fact_kind(kind: str) -> str:
    """Return the name of a kind of fact."""
    return gettext(words.FACTS[Kind(kind)])


@register.filter
def case_proof(row: FactRow) -> str:
    """Return how a fact's day is proved."""
    return gettext(words.PROOFS[row.proof])


@register.filter
def openness_words(openness: Openness) -> str:
    """Return whether an action is open."""
    return gettext(words.OPENNESS[openness])


@register.filter
def before_words(opening: Opening) -> str:
    """Return before whom an action is brought."""
    if opening.court:
        return opening.court
    return gettext(BEFORE[opening.before])


@register.simple_tag
def case_why(one: Candidate) -> str:
    """Return why something cannot become an exhibit."""
    return gettext(one.why_not).format(about=one.label)


@register.filter
def case_is_source(one: Candidate) -> bool:
    """Answer whether two people have to decide first."""
    return one.why_not == FROM_SOURCE


@register.filter
def openness_tone(openness: Openness) -> str:
    """Return how a status is coloured; its words always stand beside."""
    return words.OPEN_TONES.get(Openness(openness), "plain")


@register.filter
def status_words(openness: Openness) -> str:
    """Return where a window stands, as the list of windows says it."""
    return gettext(windows.STATUSES[Openness(openness)])


@register.filter
def case_decided(one: Decided) -> str:
    """Return what was decided, and by whom."""
    return words.change_words(one.result.change, one.court)
