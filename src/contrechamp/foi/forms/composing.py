"""What a person adds to a paper before it is made."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contrechamp.foi.domain import composable
from contrechamp.foi.domain.facts import Kind, Proof, last_of, of_kind
from contrechamp.foi.domain.refusals import REASONS
from contrechamp.foi.queries.letters import WANTED
from contrechamp.foi.services.composing import Known, Said
from contrechamp.foi.shown.words import PROOFS

from .recording import day_field

LONGEST = 20000


def _text(label: Any, rows: int, hint: Any = "", **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}), **more,
    )  # fmt: skip


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text: those that blank lines part."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    return tuple(part.strip() for part in parts if part.strip())


class PaperForm(forms.Form):
    """Fields of one kind of paper; some have none."""

    def __init__(self, kind: str, known: Known, answers: tuple[str, ...], data: Any = None) -> None:
        super().__init__(data)
        self.kind, self.known = kind, known
        maker = {
            composable.PRECISION: self._precision,
            composable.REPLY: self._reply,
            composable.AFTER_OPINION: self._opinion,
            composable.REFERRAL: self._referral,
        }.get(kind)
        if maker:
            maker(answers)

    def _precision(self, answers: tuple[str, ...]) -> None:
        self.fields["items"] = _text(
            _("Les documents, précisés"),
            10,
            _("Un document par paragraphe : son type, son objet, sa période."),
            initial="\n\n".join(self.known.exchange.items),
        )

    def _reply(self, answers: tuple[str, ...]) -> None:
        self.fields["paragraphs"] = _text(
            _("Ce que vous répondez"),
            14,
            _("Proposé d'après ce que dit la lettre. Changez, retirez, ajoutez."),
            initial="\n\n".join(answers),
        )

    def _opinion(self, answers: tuple[str, ...]) -> None:
        fact = last_of(self.known.facts, Kind.CADA_OPINION)
        self.fields["number"] = forms.CharField(
            label=_("Numéro de l'avis"), max_length=30,
            initial=(fact.values.get("number") or "") if fact else "",
        )  # fmt: skip
        self.fields["session_on"] = day_field(_("Jour de la séance, s'il est connu"))

    def _referral(self, answers: tuple[str, ...]) -> None:
        facts = of_kind(self.known.facts, Kind.REFUSED, Kind.PARTIAL)
        codes = facts[-1].values.get("reasons") if facts else None
        given = [gettext(REASONS[code]) for code in codes or () if code in REASONS]  # type: ignore[attr-defined]
        for item in self.known.request.items.order_by("position"):
            if item.outcome in (*WANTED, "NOT_HELD"):
                self.fields[f"reason_{item.pk}"] = forms.CharField(
                    label=_("Motif opposé : %(item)s") % {"item": item.wording},
                    required=False, max_length=300, initial=" ; ".join(given),
                )  # fmt: skip
                self.fields[f"answer_{item.pk}"] = _text(
                    _("Ce que vous y répondez"), 2, required=False
                )
        self.fields["paragraphs"] = _text(
            _("Observations"), 10, _("Facultatif. L'occultation (L311-7) est déjà demandée."),
            required=False, initial="\n\n".join(answers),
        )  # fmt: skip

    @property
    def said(self) -> Said:
        """Return what was typed, as papers take it."""
        sent = self.cleaned_data
        keys = [int(name.removeprefix("reason_")) for name in sent if name.startswith("reason_")]
        return Said(
            paragraphs=paragraphs(sent.get("paragraphs", "")),
            items=paragraphs(sent.get("items", "")),
            reasons={key: (sent[f"reason_{key}"], sent[f"answer_{key}"]) for key in keys},
            number=sent.get("number", "").strip(),
            session_on=sent.get("session_on"),
        )


class GoneForm(forms.Form):
    """That a paper left otherwise than by our mail."""

    day = day_field(_("Partie, ou déposée, le"), required=True)
    proof = forms.ChoiceField(
        label=_("Quelle preuve en avez-vous ?"),
        choices=[
            (each, PROOFS[each])
            for each in (Proof.SAID, Proof.RECEIPT, Proof.REGISTERED_LETTER, Proof.STAMP)
        ],
    )

    @property
    def chosen(self) -> Proof:
        """Return the proof."""
        return Proof(self.cleaned_data["proof"])
