from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contrechamp.accounts.domain.groups import Territories
from contrechamp.accounts.models import Group
from contrechamp.foundation.plug import offered


class GroupForm(forms.Form):
    """What a group says of itself."""

    name = forms.CharField(label=_("Nom du groupe"), max_length=80)
    place = forms.CharField(
        label=_("Commune ou territoire (facultatif)"),
        help_text=_("Son nom ou son code postal."),
        max_length=80,
        required=False,
    )
    text = forms.CharField(
        label=_("Présentation"),
        help_text=_("Ce que fait le groupe, comment le rejoindre. Pas de nom de personne."),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    entry = forms.ChoiceField(
        label=_("Qui entre"), choices=Group.Entry.choices, initial=Group.Entry.ASKED
    )

    def clean(self) -> dict[str, Any]:
        """Find the territory that was typed."""
        values: dict[str, Any] = super().clean() or {}
        typed = values.pop("place", "").strip()
        values["territory"] = ""
        if typed:
            found = [one for offer in offered(Territories) for one in offer.find(typed)]
            if found:
                values["territory"] = found[0][0]
            else:
                self.add_error("place", _("Aucun territoire ne porte ce nom."))
        return values


class MeetingForm(forms.Form):
    """Where and when a group meets."""

    title = forms.CharField(label=_("Titre"), max_length=120)
    starts_at = forms.DateTimeField(
        label=_("Début"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    ends_at = forms.DateTimeField(
        label=_("Fin (facultatif)"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    place = forms.CharField(label=_("Lieu (facultatif)"), max_length=200, required=False)
    link = forms.URLField(
        label=_("Lien (facultatif)"), max_length=300, required=False, assume_scheme="https"
    )
    text = forms.CharField(
        label=_("À savoir (facultatif)"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
