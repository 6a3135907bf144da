"""What somebody decides on who may read a request, and what its letters hide."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

NOW, LATER = "maintenant", "plus-tard"


class PublishForm(forms.Form):
    """Public at once, or private until a day with the reason that everybody will read."""

    when = forms.ChoiceField(
        label=_("Quand"),
        choices=[(NOW, _("maintenant")), (LATER, _("à partir d'un jour"))],
        widget=forms.RadioSelect,
        initial=NOW,
    )
    until = forms.DateField(
        label=_("Jour où elle devient publique"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Pour « à partir d'un jour ». Ce jour-là, elle est publiée sans vous."),
    )
    reason = forms.CharField(
        label=_("Pourquoi pas maintenant"),
        required=False,
        max_length=300,
        help_text=_("Tout le monde lira cette raison quand la demande sera publique."),
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("when") == LATER and not data.get("until") and "until" not in self.errors:
            self.add_error("until", _("Choisissez le jour."))
        return data


class WithdrawForm(forms.Form):
    """Why a request is not public any more."""

    reason = forms.CharField(
        label=_("Pourquoi"),
        max_length=300,
        help_text=_("Lu par ceux qui s'occupent de la demande, pas par le public."),
    )


class WordsForm(forms.Form):
    """What else to hide, one word or name a line."""

    words = forms.CharField(
        label=_("Masquer aussi"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Un mot ou un nom par ligne, avec ou sans accents."),
    )
    everywhere = forms.BooleanField(
        label=_("Dans toutes les lettres de cette demande"), required=False, initial=True
    )
