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

TROUBLES = {
    "shape": _("le texte n'est pas celui d'une déclaration"),
    "forged": _("la signature n'est pas d'une personne qui peut signer"),
    "expired": _("sa date est passée"),
    "early": _("elle est datée d'un jour à venir"),
    "keys": _("les clés de la porte ne sont pas celles qu'elle nomme, ou ne se lisent pas d'ici"),
    "address": _("elle nomme une autre adresse que celle de la porte"),
    "tool": _("ssh-keygen manque sur cette machine : elle n'a pas pu être vérifiée"),
}


@register.filter
def trouble(reason: str) -> str:
    """Say why a statement must not be believed (`airlock.canary.REASONS`)."""
    return str(TROUBLES.get(reason, reason))


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
