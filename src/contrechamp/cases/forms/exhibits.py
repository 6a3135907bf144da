"""An exhibit: which document, how it is called, where it stands."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from contrechamp.cases.domain.exhibits import Group, Role
from contrechamp.cases.models import Exhibit
from contrechamp.cases.services.exhibiting import Told

HASH = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


class ExhibitForm(forms.Form):
    """What the inventory says of an exhibit."""

    label = forms.CharField(label=_("Intitulé"), max_length=200)
    group = forms.ChoiceField(label=_("Sous quel titre"), choices=Exhibit.Group.choices)
    role = forms.ChoiceField(label=_("Ce que c'est"), choices=Exhibit.Role.choices)
    position = forms.IntegerField(
        label=_("Rang sous ce titre"), min_value=0, max_value=999, required=False
    )
    dated = forms.CharField(label=_("Date, en toutes lettres"), max_length=60, required=False)
    author = forms.CharField(label=_("Auteur"), max_length=120, required=False)
    source = forms.CharField(label=_("Origine, pour le juge"), max_length=300, required=False)

    def told(self) -> Told:
        """Return what was said, once valid."""
        said = self.cleaned_data
        return Told(
            label=said["label"],
            group=Group(said["group"]),
            role=Role(said["role"]),
            position=said["position"] or 0,
            dated=said["dated"],
            author=said["author"],
            source=said["source"],
        )


class NewExhibitForm(ExhibitForm):
    """The same, of a document of the library."""

    document = forms.CharField(
        label=_("Document"),
        max_length=300,
        help_text=_("Son adresse dans la bibliothèque, ou son empreinte SHA-256."),
    )
    field_order = ("document",)

    def clean_document(self) -> str:
        """Keep the hash, from an address or as it is."""
        text = str(self.cleaned_data["document"]).strip()
        found = HASH.search(text)
        if found is None:
            raise forms.ValidationError(
                _("Copiez l'adresse d'un document de la bibliothèque, ou son empreinte.")
            )
        return found[0]
