"""What moderators, readers who flag, and people who contest type."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from contrechamp.forum.domain.appeals import TEXT_MOST
from contrechamp.forum.domain.flags import NOTE_MOST, LegalNotice


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a moderator filled in beside the button."""

    reason: str = ""
    text: str = ""
    note: str = ""
    hours: int = 0


class DecisionForm(forms.Form):
    """The fields of all decisions about a post; each button reads those that it needs."""

    reason = forms.CharField(required=False, max_length=30)
    text = forms.CharField(required=False, max_length=4000)
    note = forms.CharField(required=False, max_length=2000)
    hours = forms.IntegerField(required=False, min_value=0, max_value=10_000)

    def said(self) -> Said:
        """Return what was typed; what is not readable counts as not typed."""
        self.is_valid()
        found = self.cleaned_data if self.is_bound else {}
        return Said(
            reason=found.get("reason", ""),
            text=found.get("text", ""),
            note=found.get("note", ""),
            hours=found.get("hours") or 0,
        )


class NoticeForm(forms.Form):
    """A notice of somebody without account: the four elements of art. 16, and no other."""

    why = forms.CharField(
        label=_("En quoi ce contenu est-il illicite ?"),
        help_text=_("Dites le texte de loi si vous le connaissez, et ce qui le viole."),
        max_length=NOTE_MOST * 5,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    name = forms.CharField(
        label=_("Votre nom"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.CharField(
        label=_("Votre adresse électronique"),
        help_text=_("Gardée avec le signalement seul, effacée un an après la décision."),
        required=False,
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    is_exempt = forms.BooleanField(
        label=_("Il s'agit d'abus sexuels sur des enfants : je n'ai pas à donner mon nom."),
        required=False,
    )
    good_faith = forms.BooleanField(
        label=_("Je crois de bonne foi que ce que j'écris ici est exact et complet."),
        required=False,
    )

    def notice(self, address: str) -> LegalNotice:
        """Return the notice, to be checked by the rule."""
        self.is_valid()
        found = self.cleaned_data
        return LegalNotice(
            why=found.get("why", ""),
            address=address,
            name=found.get("name", ""),
            email=found.get("email", ""),
            is_exempt=bool(found.get("is_exempt")),
            good_faith=bool(found.get("good_faith")),
        )


class AppealForm(forms.Form):
    """Why a decision should be looked at again."""

    text = forms.CharField(
        label=_("Pourquoi cette décision est à revoir"),
        max_length=TEXT_MOST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class EmergencyForm(forms.Form):
    """How long newcomers need an invitation, and whether everybody's posts wait."""

    hours = forms.IntegerField(
        label=_("Pendant combien d'heures"),
        help_text=_("72 au plus."),
        initial=24,
        min_value=1,
        max_value=72,
    )
    everybody_waits = forms.BooleanField(
        label=_("Relire aussi les messages des membres confirmés"), required=False
    )
