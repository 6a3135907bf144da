from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.utils.translation import gettext_lazy as _

from contrechamp.accounts.domain import Role
from contrechamp.accounts.models import User

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words: TypeAlias = str | _StrPromise


def secret_field(label: Words, complete: str, hint: Words = "") -> forms.CharField:
    """Return a field for a passphrase. Spaces at its ends are part of it."""
    return forms.CharField(
        label=label,
        help_text=hint,
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": complete}),
    )


def code_field(label: Words, hint: Words = "") -> forms.CharField:
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
    passphrase = secret_field(_("Phrase de passe"), "current-password")
    code = code_field(
        _("Code de secours, ou de votre application"),
        _("Si quelqu'un d'autre essaie votre nom, un code vous laisse entrer sans attendre."),
    )
    stay = forms.BooleanField(
        label=_("Rester connecté 30 jours sur cet appareil (sinon 12 heures)"), required=False
    )

    def __init__(self, *args: Any, is_kept_waiting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_kept_waiting:
            self.fields["code"].required = False
        else:
            del self.fields["code"]


class CodeForm(forms.Form):
    """The second code."""

    code = code_field(
        _("Code à six chiffres"),
        _("Celui qu'affiche votre application. Téléphone perdu ? Un code de secours convient."),
    )


class ProofForm(forms.Form):
    """One's passphrase once more, before what cannot be taken back."""

    code = secret_field(_("Votre phrase de passe"), "current-password")


class PasskeyForm(forms.Form):
    """What a device answered, and what its owner calls it."""

    name = forms.CharField(
        label=_("Nom de cette clé"),
        help_text=_("Pour la reconnaître : « téléphone », « clé bleue »."),
        max_length=60,
        required=False,
    )


class EraseForm(forms.Form):
    """How somebody wants to leave."""

    texts = forms.ChoiceField(
        label=_("Ce que vous avez écrit"),
        choices=[
            ("keep", _("reste, signé « compte supprimé » : les discussions se lisent toujours")),
            ("erase", _("est effacé aussi : messages, versions, brouillons, pièces jointes")),
        ],
        initial="keep",
        widget=forms.RadioSelect,
    )
    when = forms.ChoiceField(
        label=_("Quand"),
        choices=[
            ("later", _("dans 7 jours ; je peux changer d'avis jusque-là")),
            ("now", _("tout de suite, sans retour")),
        ],
        initial="later",
        widget=forms.RadioSelect,
    )
    passphrase = secret_field(_("Votre phrase de passe"), "current-password")


class NewPassphraseForm(forms.Form):
    """A passphrase to be, typed twice."""

    new = secret_field(_("Nouvelle phrase de passe"), "new-password", NEW)
    again = secret_field(_("La même, encore une fois"), "new-password")

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise forms.ValidationError(_("Les deux ne sont pas les mêmes."))
        return again


class ChangePassphraseForm(NewPassphraseForm):
    """A new passphrase, and the one that it replaces."""

    old = secret_field(_("Phrase de passe actuelle"), "current-password")
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
