"""Where somebody wants to be reminded."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class AddressForm(forms.Form):
    """An address that reads mail."""

    address = forms.EmailField(
        label=_("Adresse électronique"),
        help_text=_("Vous seul·e la voyez. Elle est effacée quand vous arrêtez les rappels."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
