"""What a fact rests on: a passage, an address, a reference, a line of a register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contrechamp.foundation.vocabulary import label, terms

from .fields import LineField, UncertainDateField, WebAddressField

NEEDED = {
    "document": ("quote",),
    "url": ("url",),
    "reference": ("publication", "locator"),
    "register": ("register", "record_id"),
}
FIELDS = {
    "document": ("document", "page", "quote", "quote_text"),
    "url": ("url", "publisher", "retrieved_on"),
    "reference": ("publication", "locator", "dated_text"),
    "register": ("register", "record_id", "url"),
}


class EvidenceForm(forms.Form):
    """One source. Which fields count depends on its kind."""

    prefix = "preuve"

    evidence_kind = forms.ChoiceField(
        label=_("D'où vient cette information ?"),
        choices=(
            ("url", _("Une page du web")),
            ("reference", _("Un livre, un journal, un acte que je n'ai pas en fichier")),
            ("register", _("Un registre officiel")),
            ("document", _("Un passage d'un document déposé ici")),
            ("", _("Je n'ai pas encore de source")),
        ),
        widget=forms.RadioSelect,
        required=False,
        initial="url",
    )
    stance = forms.ChoiceField(
        label=_("Que fait cette source ?"),
        choices=(
            ("SUPPORTS", _("Elle l'établit")),
            ("CONTRADICTS", _("Elle dit le contraire")),
            ("MENTIONS", _("Elle en parle sans rien établir")),
        ),
        required=False,
        initial="SUPPORTS",
    )
    quote = LineField(
        label=_("Code du passage"),
        help_text=_(
            "Ouvrez le document, marquez la phrase, puis « En faire un fait » : "
            "le code vient tout seul (q-…)."
        ),
        max_length=20,
        required=False,
    )
    url = WebAddressField(label=_("Adresse de la page"), required=False)
    publisher = LineField(
        label=_("Qui la publie ?"),
        help_text=_("Un journal, une ville, une entreprise…"),
        max_length=200,
        required=False,
    )
    retrieved_on = forms.DateField(
        label=_("Lue le"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Cette date n'existe pas. Écrivez-la ainsi : 2025-03-14.")},
    )
    publication = LineField(label=_("Titre de la publication"), max_length=300, required=False)
    locator = LineField(
        label=_("Endroit précis"),
        help_text=_("Titre de l'article, page, paragraphe, numéro de l'acte."),
        max_length=300,
        required=False,
    )
    dated_text = UncertainDateField(label=_("Date de la publication"))
    register = forms.ChoiceField(label=_("Registre"), required=False)
    record_id = LineField(
        label=_("Numéro dans ce registre"),
        help_text=_("Numéro de l'acte, de la décision, du marché…"),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(code, label("registers", code)) for code in terms("registers")]
        self._choices("register", [("", "—"), *choices])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        for name in NEEDED.get(given.get("evidence_kind", ""), ()):
            if not given.get(name) and name not in self.errors:
                self.add_error(
                    name, _("« %(field)s » manque.") % {"field": self.fields[name].label}
                )
        return given

    @property
    def is_given(self) -> bool:
        """Answer whether there is a source at all."""
        return bool(self.cleaned_data.get("evidence_kind"))

    def values(self) -> dict[str, Any]:
        """Return what `services.add_evidence` takes, for the kind that was chosen."""
        kind = self.cleaned_data["evidence_kind"]
        values = {
            name: self.cleaned_data[name]
            for name in FIELDS[kind]
            if self.cleaned_data.get(name) not in (None, "")
        }
        return {
            "kind": kind,
            "stance": self.cleaned_data.get("stance") or "SUPPORTS",
            **values,
        }
