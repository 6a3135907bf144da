"""A record, a name, an official number, a reason, a decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contrechamp.foundation.vocabulary import label, terms
from contrechamp.foundation.words import say
from contrechamp.kernel import numbers
from contrechamp.kernel.errors import Refused

from .fields import LineField

CHECKS = {
    "siren": numbers.check_siren,
    "siret": numbers.check_siret,
    "insee": numbers.check_insee,
    "rna": numbers.check_rna,
    "lei": numbers.check_lei,
    "hatvp": numbers.check_hatvp,
    "wikidata": numbers.check_wikidata,
}
SCHEMES = (
    ("siren", "SIREN"),
    ("siret", "SIRET"),
    ("insee", _("code INSEE de commune")),
    ("rna", _("RNA (association)")),
    ("lei", "LEI"),
    ("hatvp", _("répertoire HATVP")),
    ("wikidata", "Wikidata"),
)
BY_HAND = ("project", "actor", "contract")
"""Kinds of which a record is made by hand; places come from the gazetteer but for sites, and
technologies from the vocabulary but for products."""


def type_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what a new record can be, grouped by kind."""
    groups = {
        "project": str(_("Un projet")),
        "actor": str(_("Un acteur")),
        "contract": str(_("Un marché ou une subvention")),
        "place": str(_("Un lieu")),
        "technology": str(_("Un produit")),
    }
    kinds: dict[str, list[tuple[str, str]]] = {kind: [] for kind in groups}
    for code, term in terms("entity_types").items():
        kind = term["kind"]
        if kind in BY_HAND or code in {"site", "product"}:
            kinds[kind].append((f"{kind}:{code}", label("entity_types", code)))
    return [(groups[kind], options) for kind, options in kinds.items() if options]


class EntityForm(forms.Form):
    """A new record: what it is and what it is called."""

    prefix = "fiche"

    name = LineField(label=_("Nom"), max_length=300)
    type = forms.ChoiceField(label=_("C'est…"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["type"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", "—"), *type_choices()]

    def kind_and_type(self) -> tuple[str, str]:
        """Return both codes of what was chosen."""
        kind, _colon, type_ = self.cleaned_data["type"].partition(":")
        return kind, type_


class NameForm(forms.Form):
    """One more name of a record."""

    prefix = "nom"

    text = LineField(label=_("Nom"), max_length=300)
    role = forms.ChoiceField(
        label=_("Ce nom est…"),
        choices=(
            ("ALIAS", _("un autre nom")),
            ("FORMER", _("un ancien nom")),
            ("MAIN", _("le nom principal (l'actuel devient un autre nom)")),
        ),
    )


class IdentifierForm(forms.Form):
    """One official number, checked before it is sent anywhere."""

    prefix = "numero"

    scheme = forms.ChoiceField(label=_("Registre"), choices=SCHEMES)
    value = LineField(label=_("Numéro"), max_length=80)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        scheme, value = given.get("scheme"), given.get("value")
        if scheme in CHECKS and value:
            try:
                given["value"] = CHECKS[scheme](value)
            except Refused as refusal:
                self.add_error("value", say(refusal))
        return given


class AnswerForm(forms.Form):
    """What the team decides about a correction, reply or removal."""

    decision = forms.ChoiceField(
        label=_("Décision"),
        choices=(("ACCEPTED", _("acceptée")), ("REFUSED", _("refusée"))),
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Réponse"),
        help_text=_("Ce qui a été changé, ou pourquoi rien ne l'a été."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=8000,
    )
    is_public = forms.BooleanField(
        label=_("Montrer ce message et la réponse en haut de la fiche"),
        help_text=_(
            "Le contact n'est jamais montré. Une réponse d'une organisation nommée doit l'être."
        ),
        required=False,
    )
