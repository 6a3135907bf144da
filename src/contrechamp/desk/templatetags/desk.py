"""Words of the journal."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contrechamp.desk.models import ACTS, STATES

register = template.Library()
PLAIN = {
    "signed_in": _("est entré·e"),
    "marked": _("a trié"),
    "note": _("a ajouté une note scellée"),
    "reply": _("a déposé une réponse"),
}
PAIRED = {
    "proposed": _("a proposé : {act}"),
    "confirmed": _("a confirmé : {act}"),
    "stopped": _("a arrêté : {act}"),
}


@register.filter
def did(what: str) -> str:
    """Say a word of the journal: `confirmed:destroy` is `a confirmé : détruire`."""
    if what in PLAIN:
        return str(PLAIN[what])
    verb, _colon, rest = what.partition(":")
    if verb == "state":
        return gettext("a dit : {state}").format(state=dict(STATES).get(rest.upper(), rest))
    if verb in PAIRED:
        return str(PAIRED[verb]).format(act=dict(ACTS).get(rest.upper(), rest))
    return what
