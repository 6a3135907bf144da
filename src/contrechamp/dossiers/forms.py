"""What is typed about a dossier, made valid."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .domain.asking import LONGEST_AUTHOR, LONGEST_INTRODUCTION, LONGEST_TITLE

LANGUAGES = (("fr", "français"), ("en", "English"))


class CoverForm(forms.Form):
    """What stands on the cover. The names are those of the address."""

    titre = forms.CharField(label=_("Titre"), max_length=LONGEST_TITLE, required=False)
    par = forms.CharField(
        label=_("Établi par"),
        max_length=LONGEST_AUTHOR,
        required=False,
        help_text=_("Un pseudonyme suffit. Vide : aucun nom n'est imprimé."),
    )
    intro = forms.CharField(
        label=_("Introduction"),
        max_length=LONGEST_INTRODUCTION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    langue = forms.ChoiceField(label=_("Langue du dossier"), choices=LANGUAGES, required=False)


class PasteForm(forms.Form):
    """Addresses pasted."""

    coller = forms.CharField(
        label=_("Adresses, une par ligne"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_(
            "D'un fait, d'une fiche, d'un acte, d'une page de document, ou d'un autre dossier."
        ),
    )


class NoteForm(forms.Form):
    """The text beside one thing."""

    note = forms.CharField(max_length=2000, required=False)
