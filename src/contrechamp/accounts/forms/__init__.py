from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from django import forms
from django.utils.translation import gettext_lazy as _

from contrechamp.accounts.domain import Role
from contrechamp.accounts.models import User

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words: TypeAlias = str | _StrPromise


def _secret(label: Words, complete: str, hint: Words = "") -> forms.CharField:
    """Return a field for a passphrase. Spaces at its ends are part of it."""
    return forms.CharField(
        label=label,
        help_text=hint,
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": complete}),
    )


def _code(label: Words, hint: Words = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


NEW = _("Au moins 16 signes, ou cinq mots. Inventez une phrase : elle est facile à retenir.")


class SignInForm(forms.Form):
    """What somebody types to sign in."""

    name = forms.CharField(
        label=_("Nom du compte"),
        max_length=150,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    passphrase = _secret(_("Phrase de passe"), "current-password")
    stay = forms.BooleanField(
        label=_("Rester connecté 30 jours sur cet appareil (sinon 12 heures)"), required=False
    )


class CodeForm(forms.Form):
    """The second code."""

    code = _code(
        _("Code à six chiffres"),
        _("Celui qu'affiche votre application. Téléphone perdu ? Un code de secours convient."),
    )


class NewPassphraseForm(forms.Form):
    """A passphrase to be, typed twice."""

    new = _secret(_("Nouvelle phrase de passe"), "new-password", NEW)
    again = _secret(_("La même, encore une fois"), "new-password")

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise forms.ValidationError(_("Les deux ne sont pas les mêmes."))
        return again


class ChangePassphraseForm(NewPassphraseForm):
    """A new passphrase, and the one that it replaces."""

    old = _secret(_("Phrase de passe actuelle"), "current-password")
    field_order = ("old", "new", "again")


class OpenAccountForm(forms.Form):
    """An account to be opened for somebody."""

    name = forms.CharField(
        label=_("Nom du compte"),
        help_text=_("Un pseudonyme : il signe ce que la personne écrit, et tout le monde le lit."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    role = forms.ChoiceField(label=_("Rôle"), choices=User.Role.choices, initial=Role.MEMBER)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(_("Ce nom est déjà pris."))
        return name


class RoleForm(forms.Form):
    """Another role for an account."""

    role = forms.ChoiceField(label=_("Rôle"), choices=User.Role.choices)
