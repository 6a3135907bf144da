"""One fact, as somebody typed it: the fields follow from the property or relation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazystr
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from contrechamp.foundation.vocabulary import label, terms

from .fields import AmountField, LineField, UncertainDateField, WebAddressField

ATTRIBUTE = "attribut-"
TAXES = (
    ("unknown", _("je ne sais pas")),
    ("excl", _("hors taxes")),
    ("incl", _("toutes taxes comprises")),
)
LONGEST_TEXT = 5000


def in_language(labels: dict[str, str]) -> str:
    """Return the label in the reader's language."""
    return labels.get((get_language() or "fr")[:2]) or labels["fr"]


def is_relation(code: str) -> bool:
    """Answer whether the code is one of a relation."""
    return code in terms("relations")


def term_of(code: str) -> dict[str, Any] | None:
    """Return the property or relation of that code, or None."""
    return terms("properties").get(code) or terms("relations").get(code)


def label_of(code: str) -> str:
    """Return what a property is called, or how a relation is read from its source."""
    return label("relations", code, "forward") if is_relation(code) else label("properties", code)


def codes_of(term: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the codes that a value may be, with their labels."""
    if "vocabulary" in term:
        name = term["vocabulary"]
        return [(code, label(name, code)) for code in terms(name)]
    return [(code, in_language(labels)) for code, labels in term.get("codes", {}).items()]


class WholeNumberField(LineField):
    """A number as one writes it in French, with or without spaces and a comma."""

    def clean(self, value: object) -> int | float | None:
        text: str = super().clean(value)
        if not text:
            return None
        plain = "".join(text.split()).replace(",", ".")
        try:
            number = float(plain)
        except ValueError:
            number = float("nan")
        if not 0 <= number < 10**12:
            raise forms.ValidationError(
                _("« %(text)s » n'est pas un nombre. Écrivez par exemple 42 ou 1 250."),
                params={"text": text[:60]},
            )
        return int(number) if number.is_integer() else number


def value_field(term: dict[str, Any], *, required: bool = True) -> forms.Field:
    """Return the field in which a value of this property is typed."""
    named = lazystr(label_of(term["code"])) if "code" in term else _("Valeur")
    options: dict[str, Any] = {"label": named, "required": required}
    kind = term["type"]
    if kind == "number":
        return WholeNumberField(max_length=30, **options)
    if kind == "date":
        return UncertainDateField(**options)
    if kind == "url":
        return WebAddressField(**options)
    if kind == "money":
        return AmountField(
            max_length=40, help_text=_("Par exemple 1 234 567,89 ou 2,5 M€."), **options
        )
    if kind == "code":
        return forms.ChoiceField(choices=[("", "—"), *codes_of(term)], **options)
    if kind == "code_list":
        return forms.MultipleChoiceField(
            choices=codes_of(term), widget=forms.CheckboxSelectMultiple, **options
        )
    if kind == "boolean":
        return forms.TypedChoiceField(
            choices=[("", "—"), ("yes", _("oui")), ("no", _("non"))],
            coerce=lambda text: text == "yes",
            empty_value=None,
            **options,
        )
    return forms.CharField(
        max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3}), **options
    )


def attribute_field(name: str, term: dict[str, Any]) -> forms.Field:
    """Return the field of one attribute of a relation."""
    options: dict[str, Any] = {
        "label": in_language(term["label"]).capitalize(),
        "required": bool(term.get("required")),
    }
    if term["type"] == "code":
        choices = [(code, in_language(labels)) for code, labels in term["values"].items()]
        return forms.ChoiceField(choices=[("", "—"), *choices], **options)
    if term["type"] == "number":
        return WholeNumberField(max_length=30, **options)
    return LineField(max_length=300, **options)


class ClaimForm(forms.Form):
    """The fields of one property or relation. The target of a relation is typed, then chosen."""

    def __init__(self, code: str, *args: Any, with_target: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        term = term_of(code)
        if term is None:
            raise LookupError(code)
        self.code = code
        self.term = term
        if is_relation(code):
            if with_target:
                self._add_target()
            for name, one in term.get("attributes", {}).items():
                self.fields[ATTRIBUTE + name] = attribute_field(name, one)
        else:
            self.fields["value"] = value_field(term)
        self._add_dates()
        self._add_money()

    def _add_target(self) -> None:
        self.fields["target_text"] = LineField(
            label=lazystr(f"{label_of(self.code).capitalize()}…"),
            help_text=_("Un nom. S'il y a plusieurs fiches de ce nom, vous choisirez."),
            max_length=300,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )

    def _add_dates(self) -> None:
        if self.term.get("type") == "date":
            return
        self.fields["from_text"] = UncertainDateField(label=_("Vrai depuis"))
        self.fields["to_text"] = UncertainDateField(label=_("Vrai jusqu'à"), help_text="")

    def _add_money(self) -> None:
        is_sum = self.term.get("type") == "money"
        if not is_sum and self.code not in WITH_MONEY:
            return
        if not is_sum:
            self.fields["amount"] = AmountField(
                label=_("Montant"),
                required=False,
                max_length=40,
                help_text=_("En euros. Par exemple 1 234 567,89 ou 2,5 M€."),
            )
        kinds = [(code, label("amount_kinds", code)) for code in terms("amount_kinds")]
        self.fields["amount_kind"] = forms.ChoiceField(
            label=_("De quel montant s'agit-il ?"), choices=[("", "—"), *kinds], required=is_sum
        )
        self.fields["tax"] = forms.ChoiceField(
            label=_("Taxes"), choices=TAXES, required=False, initial="unknown"
        )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("amount") is not None and not given.get("amount_kind"):
            self.add_error(
                "amount_kind",
                _("Dites ce qu'est ce montant : on n'additionne pas des choses différentes."),
            )
        return given

    def attributes(self) -> dict[str, Any]:
        """Return the attributes that were given."""
        return {
            name.removeprefix(ATTRIBUTE): value
            for name, value in self.cleaned_data.items()
            if name.startswith(ATTRIBUTE) and value not in (None, "")
        }

    def values(self) -> dict[str, Any]:
        """Return what `services.add_claim` takes, but for the target of a relation."""
        given = self.cleaned_data
        amount = given.get("amount")
        values: dict[str, Any] = {
            "from_text": given.get("from_text", ""),
            "to_text": given.get("to_text", ""),
            "attributes": self.attributes(),
        }
        if self.term.get("type") == "money":
            amount = given["value"]
            values["value"] = str(amount)
        elif "value" in given:
            values["value"] = given["value"]
        if amount is not None:
            values |= {
                "amount": amount,
                "currency": "EUR",
                "tax": given.get("tax") or "unknown",
                "amount_kind": given.get("amount_kind", ""),
            }
        return values


WITH_MONEY = frozenset({"funds", "awarded_to", "buyer_of", "bid_for", "supplies", "contract_of"})
"""Relations that a sum may go with."""


def initial_of(claim: Any) -> dict[str, Any]:
    """Return what the fields hold when a claim is opened for a change."""
    value = claim.value
    if isinstance(value, bool):
        value = "yes" if value else "no"
    return {
        "value": value,
        "from_text": claim.from_text,
        "to_text": claim.to_text,
        "amount": claim.amount,
        "amount_kind": claim.amount_kind,
        "tax": claim.tax or "unknown",
        **{ATTRIBUTE + name: one for name, one in (claim.attributes or {}).items()},
    }
