"""Forms of the directory: a correction, a body added by hand."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from contrechamp.directory import queries
from contrechamp.directory.domain.kinds import (
    ADDRESS_KINDS,
    BODY_KINDS,
    PROPOSAL_KINDS,
    Known,
    ProposalKind,
)
from contrechamp.directory.domain.proposing import check_proposal
from contrechamp.directory.domain.showing import public_value
from contrechamp.directory.models import Body
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused
from contrechamp.places import queries as places

SAID = {"oui": Known.YES, "yes": Known.YES, "non": Known.NO, "no": Known.NO}


def _choices(labels: dict[str, str], empty: Any = None) -> list[tuple[str, Any]]:
    """Return choices whose words are translated when they are shown."""
    first: list[tuple[str, Any]] = [("", empty)] if empty is not None else []
    return first + [(str(code), _(label)) for code, label in labels.items()]


class CorrectionForm(forms.Form):
    """What somebody knows better, and where they read it."""

    kind = forms.ChoiceField(label=_("Que faut-il corriger ?"), choices=_choices(PROPOSAL_KINDS))
    address = forms.TypedChoiceField(
        label=_("L'adresse qui ne va plus"), required=False, coerce=int, empty_value=None
    )
    address_kind = forms.ChoiceField(
        label=_("Sorte de la nouvelle adresse"),
        required=False,
        choices=_choices(ADDRESS_KINDS, _("aucune")),
    )
    value = forms.CharField(
        label=_("Ce qu'il faut écrire à la place"),
        required=False,
        max_length=500,
        help_text=_(
            "L'adresse, le nom, ou une phrase. Pour une PRADA : oui ou non. Jamais le nom d'une "
            "personne."
        ),
    )
    source = forms.CharField(
        label=_("Où l'avez-vous lu ?"),
        max_length=500,
        help_text=_("Une page officielle de préférence. Ceci sera public."),
    )
    comment = forms.CharField(
        label=_("Un mot pour l'équipe"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Il n'est pas publié."),
    )

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [way for way in queries.ways_of(body.pk) if not way.is_superseded]
        field = self.fields["address"]
        cast("forms.TypedChoiceField", field).choices = [
            ("", _("aucune")),
            *((way.pk, public_value(way) or _("boîte non publiée")) for way in ways),
        ]

    def clean(self) -> dict[str, Any]:
        """Say what is missing where it is missing."""
        sent = super().clean() or {}
        if self.errors:
            return sent
        kind = ProposalKind(sent["kind"])
        if kind == ProposalKind.OFFICER:
            said = sent["value"].strip().casefold()
            sent["value"] = {
                "oui": Known.YES,
                "yes": Known.YES,
                "non": Known.NO,
                "no": Known.NO,
            }.get(said, "")
        if kind == ProposalKind.WRONG_ADDRESS and not sent["address"]:
            self.add_error("address", _("Choisissez l'adresse qui ne va plus."))
            return sent
        try:
            check_proposal(
                kind=kind,
                value=sent["value"],
                address_kind=sent["address_kind"],
                source=sent["source"],
            )
        except Refused as refusal:
            self.add_error("source" if len(sent["source"]) < 5 else "value", say(refusal))
        return sent


class BodyForm(forms.Form):
    """A body that no list has."""

    name = forms.CharField(label=_("Nom"), max_length=255)
    kind = forms.ChoiceField(label=_("Sorte"), choices=_choices(BODY_KINDS))
    siren = forms.CharField(label=_("Numéro SIREN"), required=False, max_length=11)
    territory = forms.CharField(
        label=_("Commune ou lieu"),
        required=False,
        max_length=60,
        help_text=_("Nom, code postal ou code Insee : où l'organisme agit, ou a son siège."),
    )
    website = forms.URLField(label=_("Site"), required=False, max_length=500, assume_scheme="https")

    def clean_territory(self) -> str:
        """Return the key of the place that was typed."""
        typed = self.cleaned_data["territory"].strip()
        if not typed:
            return ""
        found = places.find_territory(typed) or next(
            iter(places.search_territories(typed, 1, near=False)), None
        )
        if found is None:
            raise forms.ValidationError(_("Aucun lieu ne porte ce nom."))
        return found.key

    def clean_siren(self) -> str:
        """Return the number without its spaces."""
        return "".join(self.cleaned_data["siren"].split())
