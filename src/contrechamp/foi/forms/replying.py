"""What a person says of a letter that came."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contrechamp.foi.domain.facts import Kind
from contrechamp.foi.domain.replying import OUTCOMES, REPLIES
from contrechamp.foi.models import Item
from contrechamp.foi.queries.letters_in import LetterIn
from contrechamp.foi.shown.words import READ_AS, SENSES

from .recording import LARGEST, day_field, initial_of, value_field, values_of

NOTHING = "nothing"
SHARED = ("remedies", "reasons", "received", "implied_on", "body", "required_by_text")


class ReadingForm(forms.Form):
    """What the letter is, what it says of remedies and dates, what became of each document."""

    def __init__(self, letter: LetterIn, data: Any = None) -> None:
        super().__init__(data, initial=_initial(letter))
        self.letter = letter
        self.fields["kind"] = forms.ChoiceField(
            label=_("Qu'est-ce que cette lettre ?"),
            choices=[
                *((kind, gettext(READ_AS[kind])) for kind in letter.choices),
                (NOTHING, gettext("Rien de tout cela : elle est sans effet")),
            ],
            widget=forms.RadioSelect,
            error_messages={"required": _("Dites ce qu'est cette lettre.")},
        )
        self.fields["first"] = day_field(_("Reçue le"), required=True)
        kinds = {
            "remedies": Kind.REFUSED, "reasons": Kind.REFUSED, "received": Kind.ACKNOWLEDGED,
            "implied_on": Kind.ACKNOWLEDGED, "body": Kind.TRANSMITTED,
            "required_by_text": Kind.COMPLETION_ASKED,
        }  # fmt: skip
        for name in SHARED:
            self.fields[name] = value_field(name, kinds[name])
        self.fields["number"] = forms.CharField(
            label=_("Numéro que la lettre donne"), required=False, max_length=40
        )
        self.fields["sense"] = forms.ChoiceField(
            label=_("Sens de l'avis de la CADA"),
            choices=[("", "—"), *((code, gettext(words)) for code, words in SENSES.items())],
            required=False,
        )
        for item in letter.items:
            self.fields[f"item_{item.pk}"] = forms.ChoiceField(
                label=item.wording, choices=Item.Outcome.choices, required=False
            )
        self.fields["note"] = forms.CharField(
            label=_("Note"), required=False, max_length=2000,
            widget=forms.Textarea(attrs={"rows": 2}),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or {}
        if sent.get("kind") == Kind.CADA_OPINION and not sent.get("sense"):
            self.add_error("sense", _("Dites le sens de l'avis."))
        return sent

    @property
    def kind(self) -> Kind | None:
        """Return what the letter is, None: without effect."""
        chosen = self.cleaned_data["kind"]
        return None if chosen == NOTHING else Kind(chosen)

    @property
    def values(self) -> dict[str, object]:
        """Return what the kind chosen says, as `Fact.values` keeps it."""
        return values_of(self.cleaned_data, self.kind) if self.kind else {}

    @property
    def outcomes(self) -> dict[int, str]:
        """Return what became of each document asked for."""
        sent = self.cleaned_data
        named = {item.pk: sent.get(f"item_{item.pk}") for item in self.letter.items}
        return {pk: outcome for pk, outcome in named.items() if outcome}

    def items(self) -> Iterator[forms.BoundField]:
        """Yield the fields of the documents."""
        return (self[f"item_{item.pk}"] for item in self.letter.items)

    def opened(self) -> dict[str, bool]:
        """Say which parts of the form are open: those that the letter is likely about."""
        chosen = self["kind"].value()
        return {
            "receipt": chosen == Kind.ACKNOWLEDGED,
            "reasons": chosen in {Kind.REFUSED, Kind.PARTIAL, Kind.CONFIRMED},
            "cada": chosen in {Kind.CADA_OPINION, Kind.CADA_REGISTERED},
        }


def _initial(letter: LetterIn) -> dict[str, object]:
    """Return what was said before; else what the machine, or a reader, proposes."""
    reply, reading = letter.reply, letter.reading
    found: dict[str, object] = {"first": reply.day}
    found |= {f"item_{item.pk}": _outcome(letter, item) for item in letter.items}
    if reply.fact is not None:
        values = initial_of(reply.fact.values)
        return found | values | {"kind": reply.fact.kind, "first": reply.fact.first}
    if reply.state == "SET_ASIDE":
        return found | {"kind": NOTHING}
    said = reading.receipt
    found["kind"] = letter.proposed if letter.proposed in letter.choices else None
    found["remedies"] = {True: "yes", False: "no"}.get(reading.remedies_stated)  # type: ignore[arg-type]
    found["reasons"] = list(reading.codes)
    found["received"] = said.received_on.value if said.received_on else None
    found["implied_on"] = said.implied_on.value if said.implied_on else None
    found["number"] = (
        reading.cada.number if reading.cada else said.number.value if said.number else ""
    )
    if reading.cada and reading.cada.sense:
        found["sense"] = reading.cada.sense.lower()
    return found


def _outcome(letter: LetterIn, item: Item) -> str:
    kind = letter.reading.proposed_kind
    if letter.reply.fact or item.outcome != Item.Outcome.ASKED or kind is None:
        return item.outcome
    return OUTCOMES.get(kind, item.outcome)


class LetterForm(forms.Form):
    """A paper letter that came by post."""

    day = day_field(_("Reçue le"), required=True)
    text = forms.CharField(
        label=_("Ce qu'elle dit"),
        required=False,
        max_length=60000,
        help_text=_("Recopiez-la, au moins le passage qui décide et celui des recours."),
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    scan = forms.FileField(
        label=_("La lettre numérisée"),
        required=False,
        help_text=_("Elle entre dans la bibliothèque, privée : c'est la preuve."),
    )

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or {}
        if not sent.get("text", "").strip() and not sent.get("scan"):
            self.add_error("text", _("Recopiez la lettre ou joignez-la numérisée."))
        if sent.get("scan") and sent["scan"].size > LARGEST:
            self.add_error("scan", _("Ce fichier dépasse 50 Mo : réduisez-le d'abord."))
        return sent


class ObtainedForm(forms.Form):
    """A file that a person fetched."""

    file = forms.FileField(label=_("Le fichier"))

    def __init__(self, items: list[Item], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"] = item_field(items)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > 4 * LARGEST:
            raise forms.ValidationError(_("Ce fichier dépasse 200 Mo : envoyez-le en parties."))
        return file


def item_field(items: list[Item]) -> forms.TypedChoiceField:
    """Return a choice of the document that a file answers, or none."""
    return forms.TypedChoiceField(
        label=_("Quel document demandé est-ce ?"),
        choices=[("", gettext("aucun en particulier")), *((one.pk, one.wording) for one in items)],
        required=False,
        coerce=int,
        empty_value=None,
    )


class SuggestionForm(forms.Form):
    """What a reader takes a letter for."""

    kind = forms.ChoiceField(
        label=_("Qu'est-ce que cette lettre, selon vous ?"),
        choices=[(kind, READ_AS[kind]) for kind in REPLIES],
    )
