"""Fields that several forms share: uncertain dates, amounts, addresses, plain lines."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused
from contrechamp.kernel.money import parse_amount
from contrechamp.kernel.uncertain import parse

DATE_HINT = _(
    "Comme dans la source : 2018, 2018-11, 2018-11-03, avant 2019, après 2017, vers 2018, "
    "2017/2019."
)


IS_WEB = URLValidator(
    schemes=["http", "https"],
    message=_("Écrivez une adresse complète, qui commence par https:// ou http://."),
)


class LineField(forms.CharField):
    """One line of text, its spaces put in order and what cannot be seen taken out."""

    def to_python(self, value: object) -> str:
        text: str = super().to_python(value) or ""
        return " ".join(
            "".join(sign for sign in text if sign.isprintable() or sign == "\n").split()
        )


class UncertainDateField(LineField):
    """A date as the source says it; the sentence of the refusal is the rule's own."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 60)
        options.setdefault("required", False)
        options.setdefault("help_text", DATE_HINT)
        super().__init__(**options)

    def clean(self, value: object) -> str:
        text: str = super().clean(value)
        if text:
            try:
                parse(text)
            except Refused as refusal:
                raise ValidationError(say(refusal)) from refusal
        return text


class AmountField(LineField):
    """An amount as one writes it in French: 1 234 567,89 €."""

    def clean(self, value: object) -> Decimal | None:
        text: str = super().clean(value)
        if not text:
            return None
        try:
            return parse_amount(text)
        except Refused as refusal:
            raise ValidationError(say(refusal)) from refusal


class WebAddressField(LineField):
    """An address of the web, and nothing that a browser would run."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 2000)
        options.setdefault("widget", forms.URLInput)
        options.setdefault("validators", [IS_WEB])
        super().__init__(**options)
