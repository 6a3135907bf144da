"""A fact as a person tells of it: only what its kind needs is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contrechamp.foi.domain.facts import Kind, Proof
from contrechamp.foi.domain.possible import ASKED_OF, proofs_of
from contrechamp.foi.domain.refusals import REASONS
from contrechamp.foi.models import Item
from contrechamp.foi.shown.words import OUTCOMES, PROOFS, SENSES

LARGEST = 50 << 20
"""Bytes of a scan: a letter of some hundred pages."""
OUTCOMES_OF = {
    Kind.DOCUMENTS: Item.Outcome.OBTAINED.value,
    Kind.REFUSED: Item.Outcome.REFUSED.value,
    Kind.PARTIAL: "",
}
"""Answers that say what became of each document, and what they suggest of all."""
REMEDIES = (
    ("", _("je ne sais pas, ou pas encore lu")),
    ("yes", _("oui, la lettre nomme la CADA et son délai de deux mois")),
    ("no", _("non, il manque l'un ou l'autre")),
)


def day_field(label: Any, *, required: bool = False, hint: Any = "") -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Écrivez un jour, comme 15/01/2026.")},
    )


class FactForm(forms.Form):
    """When it happened, how that is proved, and what else its kind says."""

    first = day_field(_("Quel jour ?"), required=True)
    last = day_field(
        _("Si le jour n'est pas sûr : au plus tard le"),
        hint=_("Le jour au-dessus est alors le premier possible, celui-ci le dernier."),
    )

    def __init__(self, kind: Kind, *args: Any, items: Sequence[Item] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.items = items if kind in OUTCOMES_OF else ()
        proofs = proofs_of(kind)
        if len(proofs) > 1:
            self.fields["proof"] = forms.ChoiceField(
                label=_("Comment ce jour est-il prouvé ?"),
                choices=[(each, gettext(PROOFS[each])) for each in proofs],
            )
        for name in ASKED_OF.get(kind, ()):
            self.fields[name] = value_field(name, kind)
        for item in self.items:
            self.fields[f"item_{item.pk}"] = outcome_field(item, kind)
        self.fields["scan"] = forms.FileField(
            label=_("La lettre numérisée, ou une copie d'écran"),
            required=False,
            help_text=_("Elle entre dans la bibliothèque, privée."),
        )
        self.fields["note"] = forms.CharField(
            label=_("Note"),
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def clean_scan(self) -> Any:
        scan = self.cleaned_data["scan"]
        if scan and scan.size > LARGEST:
            raise forms.ValidationError(_("Ce fichier dépasse 50 Mo : réduisez-le d'abord."))
        return scan

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or {}
        first, last = sent.get("first"), sent.get("last")
        if first and last and last < first:
            self.add_error("last", _("Le dernier jour possible est avant le premier."))
        return sent

    @property
    def proof(self) -> Proof:
        """Return the proof chosen, or the only one."""
        return Proof(self.cleaned_data.get("proof") or proofs_of(self.kind)[0])

    @property
    def values(self) -> dict[str, object]:
        """Return what the kind says, as `Fact.values` keeps it; what is empty is left out."""
        return values_of(self.cleaned_data, self.kind)

    @property
    def outcomes(self) -> dict[int, str]:
        """Return what became of each document asked for, where the kind says so."""
        named = {item.pk: self.cleaned_data.get(f"item_{item.pk}") for item in self.items}
        return {pk: outcome for pk, outcome in named.items() if outcome}


def outcome_field(item: Item, kind: Kind) -> forms.ChoiceField:
    """Return the field of one document: what became of it, as the kind of answer suggests."""
    is_new = item.outcome == Item.Outcome.ASKED
    return forms.ChoiceField(
        label=item.wording,
        choices=Item.Outcome.choices,
        initial=(OUTCOMES_OF[kind] or item.outcome) if is_new else item.outcome,
        required=False,
    )


def value_field(name: str, kind: Kind) -> forms.Field:
    """Return the field of one key of `Fact.values`."""
    return _FIELDS[name](kind)


def values_of(sent: Mapping[str, Any], kind: Kind) -> dict[str, object]:
    """Return the values of a fact from what was typed."""
    found: dict[str, object] = {}
    for name in ASKED_OF.get(kind, ()):
        value = sent.get(name)
        if name == "remedies":
            value = {"yes": True, "no": False}.get(str(value))
        if value is None or value == "" or value == []:
            continue
        found[name] = value.isoformat() if isinstance(value, date) else value
    return found


def initial_of(values: Mapping[str, object]) -> dict[str, object]:
    """Return what a form shows of the values of a fact."""
    found = dict(values)
    remedies = values.get("remedies")
    if isinstance(remedies, bool):
        found["remedies"] = "yes" if remedies else "no"
    return found


def _choice(label: Any, table: Mapping[str, str]) -> forms.ChoiceField:
    choices = [(code, gettext(words)) for code, words in table.items()]
    return forms.ChoiceField(label=label, choices=choices)


def _remedies(kind: Kind) -> forms.Field:
    return forms.ChoiceField(
        label=_("Nomme-t-elle la CADA et son délai de deux mois ?")
        if kind is not Kind.CONFIRMED
        else _("Nomme-t-elle le tribunal et son délai de deux mois ?"),
        choices=REMEDIES
        if kind is not Kind.CONFIRMED
        else (REMEDIES[0], ("yes", _("oui")), ("no", _("non, il manque l'un ou l'autre"))),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Un délai que la lettre ne dit pas ne peut vous être opposé (CRPA L412-3)."),
    )


_FIELDS: dict[str, Callable[[Kind], forms.Field]] = {
    "remedies": _remedies,
    "number": lambda kind: forms.CharField(
        label=_("Numéro du dossier à la CADA")
        if kind is not Kind.ACKNOWLEDGED
        else _("Numéro que l'administration lui donne"),
        required=False,
        max_length=40,
    ),
    "sense": lambda kind: _choice(_("Sens de l'avis"), SENSES),
    "outcome": lambda kind: _choice(_("Ce que dit le jugement"), OUTCOMES),
    "days": lambda kind: forms.IntegerField(
        label=_("Jours que le tribunal laisse pour communiquer"),
        required=False,
        min_value=1,
        max_value=3650,
    ),
    "received": lambda kind: day_field(
        _("Jour de réception qu'elle indique")
        if kind is Kind.ACKNOWLEDGED
        else _("Jour où l'autre administration l'a reçue, s'il est connu")
    ),
    "implied_on": lambda kind: day_field(_("Jour du refus par silence, tel qu'elle l'indique")),
    "body": lambda kind: forms.CharField(
        label=_("À quelle administration ?"), required=False, max_length=200
    ),
    "required_by_text": lambda kind: forms.BooleanField(
        label=_("Un texte exige ces pièces, et la lettre le cite"),
        required=False,
        help_text=_("Alors seulement le délai est suspendu (CRPA L114-5). C'est rare."),
    ),
    "reasons": lambda kind: forms.MultipleChoiceField(
        label=_("Motifs donnés"),
        choices=[(code, gettext(words)) for code, words in REASONS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    ),
}
