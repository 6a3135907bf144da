"""A token, as somebody asks for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .domain import LIFETIMES, Scope

SCOPES = (
    (Scope.PROPOSE.value, _("Proposer : brouillons de faits et de fiches, corrections, citations")),
    (Scope.IMPORT.value, _("Ajouter des fichiers aux documents de l'équipe")),
    (Scope.WATCH_TAKE.value, _("Déposer dans la salle de relecture ce que la veille a lu")),
)
DAYS = {30: _("un mois"), 90: _("trois mois"), 365: _("un an")}


class TokenForm(forms.Form):
    """What a token is called, what it may do, and for how long."""

    name = forms.CharField(
        label=_("Nom du jeton"),
        max_length=60,
        help_text=_("Le programme qui s'en servira : vous saurez lequel révoquer."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("Ce qu'il peut faire"), choices=SCOPES, widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(
        label=_("Il cesse de marcher après"),
        choices=[(days, DAYS[days]) for days in LIFETIMES],
        coerce=int,
        initial=90,
    )

    def values(self) -> dict[str, Any]:
        """Return what `services.make_token` takes."""
        return {name: self.cleaned_data[name] for name in ("name", "scopes", "days")}
