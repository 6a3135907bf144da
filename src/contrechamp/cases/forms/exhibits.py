"""An exhibit: how it is called, where it stands; a scan; what is asked of a source's document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contrechamp.cases.domain.exhibits import Group, Role
from contrechamp.cases.domain.protection import QUESTIONS
from contrechamp.cases.models import Exhibit
from contrechamp.cases.services.exhibiting import Told


class ExhibitForm(forms.Form):
    """What the inventory says of an exhibit."""

    label = forms.CharField(label=_("Intitulé"), max_length=200)
    group = forms.ChoiceField(label=_("Sous quel titre"), choices=Exhibit.Group.choices)
    role = forms.ChoiceField(label=_("Ce que c'est"), choices=Exhibit.Role.choices)
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
            dated=said["dated"],
            author=said["author"],
            source=said["source"],
        )


class ScanForm(ExhibitForm):
    """The same, of a file that is sent."""

    file = forms.FileField(
        label=_("Fichier"),
        help_text=_("Un PDF ou une image. Gardé pour l'équipe de l'action seule."),
    )
    is_ours = forms.BooleanField(
        label=_("Personne ne nous l'a confié : c'est un papier à nous, ou de l'administration."),
        required=False,
    )
    field_order = ("file", "is_ours")


class SourceForm(forms.Form):
    """The questions of `domain.protection`, as choices: nothing is typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            self.fields[question.code] = forms.ChoiceField(
                label=gettext(question.words),
                help_text=gettext(question.hint),
                choices=[(code, gettext(words)) for code, words, _end in question.answers],
                widget=forms.RadioSelect,
            )


class CiteForm(forms.Form):
    """Which exhibit a ground rests on, and where in it."""

    place = forms.ChoiceField(label=_("Pièce, ou fait qu'elle prouve"))
    page = forms.IntegerField(label=_("Page"), min_value=1, max_value=9999, required=False)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]
