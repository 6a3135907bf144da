"""What a reader typed or chose, made valid."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import PRIORITIES, STATES, Reader

LARGEST = 20_000


class SignInForm(forms.Form):
    """Three things that only the reader has."""

    code = forms.CharField(label=_("Votre nom de code"), max_length=40)
    passphrase = forms.CharField(
        label=_("Votre phrase"), max_length=500, strip=False, widget=forms.PasswordInput
    )
    digits = forms.CharField(
        label=_("Les six chiffres du moment"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class StateForm(forms.Form):
    """A fixed word."""

    state = forms.ChoiceField(choices=STATES)


class MarkForm(forms.Form):
    """What helps sorting."""

    priority = forms.ChoiceField(label=_("Quand le lire"), choices=PRIORITIES)
    assignee = forms.ModelChoiceField(
        label=_("Confié à"),
        queryset=Reader.objects.none(),
        required=False,
        empty_label=_("personne"),
    )
    wants_second = forms.BooleanField(label=_("Une deuxième lecture est demandée"), required=False)
    is_spam = forms.BooleanField(label=_("C'est un envoi indésirable"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["assignee"].queryset = Reader.objects.filter(is_active=True).order_by(  # type: ignore[attr-defined]
            "code"
        )


class SealedForm(forms.Form):
    """A small file that was sealed offline."""

    sealed = forms.FileField(label=_("Fichier scellé (.age)"))

    def content(self) -> bytes:
        """Return the bytes, no more than a sealed reply can have."""
        content: bytes = self.cleaned_data["sealed"].read(LARGEST + 1)
        return content


class ReplyForm(forms.Form):
    """An answer: sealed offline, or written here."""

    mailbox = forms.CharField(label=_("La boîte (32 signes, donnés par « open »)"), max_length=64)
    sealed = forms.FileField(label=_("Réponse scellée hors ligne (.age)"), required=False)
    reply_to = forms.CharField(label=_("La clé de réponse (age1…)"), max_length=100, required=False)
    text = forms.CharField(
        label=_("Ou le texte de la réponse"),
        required=False,
        max_length=16_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class DigestForm(forms.Form):
    """The hash of a bundle, empty for a destruction."""

    digest = forms.CharField(label=_("Empreinte du paquet"), max_length=80, required=False)
