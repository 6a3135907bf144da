"""What the codes of errands are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.translation import gettext

from contrechamp.errands.queries import known_choice, offers

if TYPE_CHECKING:
    from contrechamp.errands.models import Errand, Turn

register = template.Library()


@register.simple_tag
def question(errand: Errand) -> str:
    """Return the question of an errand."""
    offer = offers().get(errand.kind)
    return gettext(offer.question) if offer else errand.kind


@register.simple_tag
def choice_label(turn: Turn) -> str:
    """Return what somebody answered, in words."""
    choice = known_choice(turn.errand.kind, turn.choice)
    return gettext(choice.label) if choice else turn.choice
