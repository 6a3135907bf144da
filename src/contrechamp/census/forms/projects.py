"""A whole project in one form: each answer becomes a fact with the same source."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contrechamp.foundation.vocabulary import label, terms

from .fields import LineField, UncertainDateField


def technology_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the techniques of the vocabulary, each family with its capabilities."""
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    for code, term in terms("technologies").items():
        name = label("technologies", code)
        if term["type"] == "family":
            groups.append((name, [(code, name)]))
        else:
            parent = label("technologies", term["parent"])
            for group, options in groups:
                if group == parent:
                    options.append((code, f"— {name}"))
    return groups


class ProjectForm(forms.Form):
    """What somebody knows about a project."""

    prefix = "projet"

    name = LineField(
        label=_("Nom du projet"),
        help_text=_("Par exemple : Vidéosurveillance algorithmique à Exempleville."),
        max_length=300,
    )
    type = forms.ChoiceField(label=_("C'est…"))
    town = LineField(
        label=_("Commune, intercommunalité ou département"),
        help_text=_("Un nom, un code postal ou un code INSEE."),
        max_length=120,
        required=False,
    )
    technologies = forms.MultipleChoiceField(
        label=_("Techniques"),
        help_text=_("Plusieurs choix possibles (Ctrl ou Cmd)."),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 10}),
    )
    stage = forms.ChoiceField(label=_("Où en est-il ?"), required=False)
    decided = UncertainDateField(label=_("Décidé ou annoncé quand ?"))
    authority = LineField(
        label=_("Qui le décide ?"),
        help_text=_("Une ville, un département, une préfecture, un transporteur…"),
        max_length=300,
        required=False,
    )
    company = LineField(label=_("Qui fournit la technique ?"), max_length=300, required=False)
    summary = forms.CharField(
        label=_("En une phrase"),
        help_text=_("Ce que la source en dit, sans adjectif."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=600,
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [
            (code, label("entity_types", code))
            for code, term in terms("entity_types").items()
            if term["kind"] == "project"
        ]
        self._choices("type", kinds)
        self._choices("technologies", technology_choices())
        stages = [(code, label("stages", code)) for code in terms("stages")]
        self._choices("stage", [("", "—"), *stages])

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices
