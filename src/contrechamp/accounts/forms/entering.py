from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .locks import NewPassphraseForm, code_field, secret_field

NAME = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}


class SignUpForm(forms.Form):
    """What somebody types to open an account. The proposed passphrase is not typed."""

    name = forms.CharField(
        label=_("Pseudonyme"),
        help_text=_(
            "3 à 40 lettres ou chiffres. Il signe ce que vous écrivez et tout le monde le lit : "
            "pas votre vrai nom, ni celui que vous avez ailleurs."
        ),
        max_length=80,
        widget=forms.TextInput(attrs=NAME),
    )
    own = secret_field(
        _("Ou choisissez-en une vous-même (facultatif)"),
        "new-password",
        _("Vide : la phrase proposée est prise. Sinon au moins 16 signes, ou cinq mots."),
    )
    email = forms.EmailField(
        label=_("Adresse e-mail (facultatif)"),
        help_text=_(
            "Elle sert à retrouver le compte, n'est montrée à personne, et se retire à tout "
            "moment. Un lien y est envoyé ; elle n'est gardée que si vous l'ouvrez."
        ),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    answer = forms.CharField(
        label=_("Ce qui vous amène"),
        help_text=_(
            "Beaucoup de comptes s'ouvrent en ce moment. Une ou deux phrases : une personne de la "
            "modération les lira, puis elles seront effacées."
        ),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    noted = forms.BooleanField(label=_("J'ai noté la phrase de passe, sur papier ou ailleurs"))

    def __init__(self, *args: object, mail: bool, crowded: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["own"].required = False
        if not mail:
            del self.fields["email"]
        if not crowded:
            del self.fields["answer"]


class RecoverForm(NewPassphraseForm):
    """A recovery code, and the passphrase to be."""

    name = forms.CharField(
        label=_("Nom du compte"), max_length=150, widget=forms.TextInput(attrs=NAME)
    )
    code = code_field(_("Un code de secours"), _("L'un des dix montrés à l'ouverture du compte."))
    field_order = ("name", "code", "new", "again")


class RecoverByMailForm(forms.Form):
    """Where to send a link."""

    name = forms.CharField(
        label=_("Nom du compte"), max_length=150, widget=forms.TextInput(attrs=NAME)
    )
    email = forms.EmailField(
        label=_("L'adresse e-mail que vous lui aviez donnée"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class MailboxForm(forms.Form):
    """An address to confirm."""

    email = forms.EmailField(
        label=_("Adresse e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class WelcomeForm(forms.Form):
    """A link for newcomers."""

    uses = forms.IntegerField(
        label=_("Pour combien de personnes"), min_value=1, max_value=50, initial=1
    )
    days = forms.IntegerField(
        label=_("Pendant combien de jours"), min_value=1, max_value=90, initial=14
    )
    note = forms.CharField(
        label=_("Note pour vous seul (facultatif)"),
        help_text=_("Par exemple « réunion de janvier ». Pas de nom de personne."),
        max_length=100,
        required=False,
    )
