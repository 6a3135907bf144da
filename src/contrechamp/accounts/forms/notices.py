"""Forms about notices: what mails say, what one watches."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from contrechamp.accounts.models import Frequency, NoticeSettings, Subscription


class SettingsForm(forms.Form):
    """What somebody wants of mails of notices."""

    frequency = forms.ChoiceField(
        label=_("Quand ils partent"),
        choices=Frequency,
        widget=forms.RadioSelect,
        help_text=_(
            "Pour un dossier suivi, vous pouvez choisir un autre rythme. « Jamais » arrête tout."
        ),
    )
    detail = forms.ChoiceField(
        label=_("Ce qu'ils disent"),
        choices=NoticeSettings.Detail,
        widget=forms.RadioSelect,
        help_text=_(
            "Qui peut lire votre boîte n'en apprend pas plus. Le courriel n'a ni image ni traceur."
        ),
    )
    watches_own = forms.BooleanField(label=_("Suivre les discussions où j'écris"), required=False)


class WatchForm(forms.Form):
    """To watch, mute or leave something."""

    scope = forms.ChoiceField(choices=Subscription.Scope)
    key = forms.CharField(max_length=120, required=False)
    level = forms.ChoiceField(choices=Subscription.Level, required=False)
    """Empty: neither."""
    frequency = forms.ChoiceField(choices=Frequency, required=False)
