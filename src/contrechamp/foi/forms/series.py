"""What a person says of a series."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contrechamp.foi.domain.facts import Proof
from contrechamp.foi.models import Request
from contrechamp.foi.queries.series import Standing
from contrechamp.foi.shown.words import PROOFS

from .recording import day_field


class StartForm(forms.Form):
    """Which requests make a series."""

    title = forms.CharField(label=_("Objet commun"), max_length=200)

    def __init__(self, rows: list[Request], data: Any = None) -> None:
        first = rows[0].title if rows else ""
        super().__init__(data, initial={"title": first, "chosen": [row.pk for row in rows]})
        self.fields["chosen"] = forms.MultipleChoiceField(
            label=_("Les demandes"),
            choices=[(row.pk, str(row.body)) for row in rows],
            widget=forms.CheckboxSelectMultiple,
        )


class PilotForm(forms.Form):
    """Whose refusal the CADA is seized of."""

    def __init__(self, found: Standing, data: Any = None) -> None:
        super().__init__(data, initial={"pilot": found.series.pilot_id})
        self.fields["pilot"] = forms.ChoiceField(
            label=_("Le refus porté devant la CADA (la demande pilote)"),
            choices=[(row.member.request, row.member.body_name) for row in found.rows],
            help_text=_("Le mieux prouvé : un refus écrit, plutôt qu'un silence."),
        )


class InformedForm(forms.Form):
    """That a body was told otherwise than by our mail."""

    def __init__(self, found: Standing, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["member"] = forms.ChoiceField(
            label=_("Administration"),
            choices=[(row.member.request, row.member.body_name) for row in found.waiting],
        )
        self.fields["day"] = day_field(_("Informée le"), required=True)
        self.fields["proof"] = forms.ChoiceField(
            label=_("Preuve gardée"),
            choices=[("recommandé", _("recommandé")), ("dépôt tamponné", _("dépôt tamponné"))],
        )


class FiledForm(forms.Form):
    """That the CADA was seized of the series otherwise than by our mail."""

    day = day_field(_("CADA saisie le"), required=True)
    proof = forms.ChoiceField(
        label=_("Quelle preuve en avez-vous ?"),
        choices=[
            (each, PROOFS[each])
            for each in (Proof.RECEIPT, Proof.REGISTERED_LETTER, Proof.STAMP, Proof.SAID)
        ],
    )


class ReceiptForm(forms.Form):
    """The CADA's receipt: its day, its number, whom it lists."""

    day = day_field(_("Enregistrée le"), required=True)
    number = forms.CharField(label=_("Numéro du dossier à la CADA"), max_length=30)

    def __init__(self, found: Standing, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["accepted"] = forms.MultipleChoiceField(
            label=_("Les administrations que le récépissé cite"),
            choices=[(row.member.request, row.member.body_name) for row in found.rows],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text=_("Les autres devront être saisies à part, chacune dans son délai."),
        )
