"""What an administrator types of a mirror."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class MirrorForm(forms.Form):
    """A copy to make known."""

    address = forms.CharField(max_length=300, label=_("Adresse du miroir"))
    operator = forms.CharField(max_length=120, label=_("Qui le tient"))
    key = forms.CharField(
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        label=_("Clé publique (PEM), si ce n'est pas celle de ce site"),
    )
