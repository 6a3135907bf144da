"""Mandates of a collective complaint: one by one, or a list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contrechamp.cases.domain.mandates import LONGEST

WEIGHT = 2 << 20
"""Bytes of a list."""


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget)


class MandateForm(forms.Form):
    """One mandate."""

    name = forms.CharField(
        label=_("Qui donne mandat"),
        max_length=LONGEST["nom"],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Lu de qui conduit l'action et de son conseil, de personne d'autre."),
    )
    day = _day(_("Donné le"))
    scope = forms.CharField(
        label=_("Pour quoi"),
        max_length=LONGEST["portee"],
        help_text=_("Le traitement visé et ce que l'association peut faire."),
    )
    proof = forms.CharField(
        label=_("Ce qui le prouve, et où c'est gardé"), max_length=LONGEST["preuve"]
    )


class ListForm(forms.Form):
    """A CSV of mandates."""

    file = forms.FileField(
        label=_("Fichier CSV"),
        help_text=_(
            "Première ligne : nom, date, portee, preuve. Rien n'est gardé du fichier lui-même."
        ),
    )

    def text(self) -> str | None:
        """Return what the file says, None for one that is too heavy or is no text."""
        upload = self.cleaned_data["file"]
        if upload.size > WEIGHT:
            return None
        raw: bytes = upload.read()
        for encoding in ("utf-8-sig", "cp1252"):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
        return None


class RevokeForm(forms.Form):
    """From when a mandate no longer counts."""

    day = _day(_("Révoqué le"))
