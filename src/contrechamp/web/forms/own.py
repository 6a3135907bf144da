"""Which column is what, and what one may set: the forms of an audit of one's own table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from contrechamp.lab.own.audit import Options
from contrechamp.lab.own.columns import DECISIONS, ROLES, Kind, guess
from contrechamp.lab.own.sheet import Sheet
from contrechamp.lab.own.values import number


class FigureField(forms.Field):
    """A number as people type it: `0,5` or `0.5`."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": "40"})

    def to_python(self, value: object) -> float | None:
        """Return the number, None of nothing."""
        text = str(value or "").strip()
        if not text:
            return None
        found = number(text[:60])
        if found is None:
            raise ValidationError(_("Écrivez un nombre, par exemple 5 ou 0,5."))
        return found


class AuditForm(forms.Form):
    """The columns of a table, and what can be set for its kind."""

    def __init__(self, sheet: Sheet, kind: Kind, data: Mapping[str, Any] | None = None) -> None:
        guessed = guess(sheet, kind)
        super().__init__(data, initial=guessed, label_suffix="")
        self.kind = kind
        language = get_language() or "fr"
        none = ("", gettext("— choisissez —"))
        columns = [(name, name) for name in sheet.names]
        for role in ROLES[kind]:
            self.fields[role.name] = forms.ChoiceField(
                label=role.label.say(language),
                help_text=role.help.say(language),
                choices=columns if guessed[role.name] else [none, *columns],
                error_messages={"required": gettext("Choisissez une colonne.")},
            )
        self.fields |= decision_fields() if kind == DECISIONS else patrol_fields()

    def clean_extra(self) -> float | None:
        """Refuse a share that is none."""
        extra: float | None = self.cleaned_data["extra"]
        if extra is not None and not 0 <= extra <= 100:
            raise ValidationError(_("Écrivez un nombre de 0 à 100."))
        return extra

    def options(self) -> Options:
        """Return what was chosen."""
        said = self.cleaned_data
        columns = {role.name: said[role.name] for role in ROLES[self.kind]}
        if self.kind == DECISIONS:
            return Options(
                kind=self.kind,
                columns=columns,
                threshold=said["threshold"],
                positive=said["positive"],
                is_low_risk=said["low_is_risk"],
                reference=said["reference"],
            )
        return Options(
            kind=self.kind,
            columns=columns,
            boxes_a_day=said["boxes_a_day"] or 20,
            map_boxes=said["map_boxes"] or 0,
            window=said["window"] or 180,
            extra=0.2 if said["extra"] is None else said["extra"] / 100,
        )


def decision_fields() -> dict[str, forms.Field]:
    """Return what can be set of a table of decisions."""
    return {
        "threshold": FigureField(
            label=_("Seuil"),
            required=False,
            help_text=_("Le score à partir duquel la machine désigne. Vide : le score du milieu."),
        ),
        "low_is_risk": forms.BooleanField(
            label=_("Un score bas désigne (le seuil ou moins)"), required=False
        ),
        "positive": forms.CharField(
            label=_("Valeur qui veut dire « c'est arrivé »"),
            required=False,
            max_length=60,
            help_text=_("Inutile si la colonne contient oui et non, ou 1 et 0."),
        ),
        "reference": forms.CharField(
            label=_("Groupe auquel comparer les autres"),
            required=False,
            max_length=60,
            help_text=_("Vide : le groupe le plus nombreux."),
        ),
    }


def patrol_fields() -> dict[str, forms.Field]:
    """Return what can be set of a table of patrols."""
    return {
        "boxes_a_day": forms.IntegerField(
            label=_("Cases gardées par jour"),
            required=False,
            min_value=1,
            max_value=100_000,
            help_text=_(
                "Seulement si « Prévu » est un risque annoncé pour chaque case. Vide : 20."
            ),
        ),
        "map_boxes": forms.IntegerField(
            label=_("Cases de toute la carte"),
            required=False,
            min_value=0,
            max_value=10_000_000,
            help_text=_("Vide : celles que le tableau nomme."),
        ),
        "window": forms.IntegerField(
            label=_("Jours du simple comptage"),
            required=False,
            min_value=1,
            max_value=3_650,
            help_text=_("Vide : 180 jours."),
        ),
        "extra": FigureField(
            label=_("Rejeu : faits en plus là où passe une patrouille, en %"),
            required=False,
            help_text=_("De 0 à 100. Vide : 20."),
        ),
    }
