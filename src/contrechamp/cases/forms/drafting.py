"""A paper: what is asked, by whom and of whom; a section's text; a means of one's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contrechamp.cases.domain.drafting import LONGEST_TEXT, OwnMean
from contrechamp.cases.domain.exhibits import Exhibit
from contrechamp.cases.domain.papers import CensusFact, PaperKind

COURT = frozenset({PaperKind.ANNULMENT, PaperKind.SUSPENSION})
CNIL = frozenset({PaperKind.COMPLAINT, PaperKind.COLLECTIVE})
MOST_EUROS, MOST_DAYS = 100_000, 365
HASH = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class AskedForm(forms.Form):
    """By whom, of whom, what: the fields that a kind of paper needs, under three titles."""

    is_person = forms.BooleanField(
        label=_("Nous agissons comme particulier : le nom s'écrit à la main"), required=False
    )
    form = forms.CharField(
        label=_("Forme de l'organisation"),
        max_length=120,
        required=False,
        help_text=_("Par exemple : association de la loi de 1901."),
    )
    address = forms.CharField(
        label=_("Son adresse"), max_length=300, required=False, widget=_area(3)
    )
    email = forms.EmailField(label=_("Son adresse électronique"), max_length=200, required=False)
    represented_by = forms.CharField(
        label=_("Représentée par"),
        max_length=160,
        required=False,
        help_text=_("Une fonction, jamais un nom : sa présidente en exercice."),
    )
    interest = forms.CharField(
        label=_("Pourquoi elle peut agir"),
        max_length=2000,
        required=False,
        widget=_area(3),
        help_text=_("L'objet de ses statuts, le lieu où elle agit, ou ce qui touche l'habitant."),
    )
    statutes = forms.ChoiceField(label=_("Statuts"), required=False)
    power = forms.ChoiceField(label=_("Pouvoir d'agir de qui signe"), required=False)
    claim = forms.ChoiceField(label=_("Copie de la requête en annulation"), required=False)
    mandates = forms.IntegerField(
        label=_("Combien de personnes ont donné mandat"), min_value=0, required=False
    )
    court_address = forms.CharField(
        label=_("Adresse de la juridiction"), max_length=300, required=False, widget=_area(2)
    )
    addressee = forms.CharField(
        label=_("À qui l'écrit s'adresse"),
        max_length=200,
        required=False,
        help_text=_("Vide : l'auteur de ce qui est attaqué."),
    )
    addressee_service = forms.CharField(
        label=_("Fonction du destinataire"),
        max_length=160,
        required=False,
        help_text=_("Par exemple : Monsieur le préfet."),
    )
    addressee_address = forms.CharField(
        label=_("Adresse du destinataire"), max_length=300, required=False, widget=_area(3)
    )
    author = forms.CharField(
        label=_("Auteur de ce qui est attaqué"), max_length=200, required=False
    )
    author_service = forms.CharField(
        label=_("Fonction de qui reçoit chez lui"), max_length=160, required=False
    )
    author_address = forms.CharField(
        label=_("Adresse de l'auteur"), max_length=300, required=False, widget=_area(3)
    )
    attacked = forms.CharField(
        label=_("Ce qui est attaqué, avec son article"),
        max_length=500,
        required=False,
        widget=_area(2),
        help_text=_("Vide : d'après l'action. Par exemple : l'arrêté n° 12 du 15 janvier 2026."),
    )
    is_local = forms.BooleanField(
        label=_("C'est l'acte d'une commune, d'un département ou d'une région"), required=False
    )
    is_rule = forms.BooleanField(
        label=_("C'est un règlement : il dispose pour tous"), required=False
    )
    processing = forms.CharField(
        label=_("Le traitement, en une phrase ou deux"),
        max_length=2000,
        required=False,
        widget=_area(3),
    )
    urgency = forms.MultipleChoiceField(
        label=_("Les faits qui montrent l'urgence"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    enjoin = forms.CharField(
        label=_("Enjoindre à l'administration"),
        max_length=1000,
        required=False,
        widget=_area(2),
        help_text=_("Commencez par « de » : de cesser l'exploitation des caméras."),
    )
    within_days = forms.IntegerField(
        label=_("Dans un délai de (jours)"), min_value=0, max_value=MOST_DAYS, required=False
    )
    penalty = forms.IntegerField(
        label=_("Sous astreinte de (euros par jour)"),
        min_value=0,
        max_value=MOST_EUROS,
        required=False,
    )
    costs = forms.IntegerField(
        label=_("Frais demandés à l'autre partie (euros)"),
        min_value=0,
        max_value=MOST_EUROS,
        required=False,
        help_text=_("Article L. 761-1 du code de justice administrative."),
    )
    more = forms.CharField(
        label=_("Autres demandes, une par ligne"), max_length=2000, required=False, widget=_area(3)
    )
    scope_about = forms.CharField(
        label=_("Ce que le mandat permet"), max_length=1000, required=False, widget=_area(2)
    )
    scope_until = forms.DateField(
        label=_("Jusqu'au"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    place = forms.CharField(label=_("Fait à"), max_length=100, required=False)
    checked_by = forms.CharField(
        label=_("Vérifié par"),
        max_length=160,
        required=False,
        help_text=_("Une fonction ou un cabinet : un avocat au barreau de Toulon."),
    )
    override = forms.CharField(
        label=_("Le délai sûr est passé : pourquoi déposer quand même"),
        max_length=500,
        required=False,
        widget=_area(2),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        kind: PaperKind,
        exhibits: Sequence[Exhibit],
        facts: Iterable[CensusFact],
        options: Mapping[str, str],
    ) -> None:
        super().__init__(data, initial=_initial(options))
        shown: list[tuple[str, object]] = [("", _("aucune pièce"))]
        shown += [(each.key, f"{each.number} — {each.label}") for each in exhibits]
        for name in ("statutes", "power", "claim"):
            self.fields[name].choices = shown  # type: ignore[attr-defined]
        self.fields["urgency"].choices = [(each.key, each.text) for each in facts]  # type: ignore[attr-defined]
        kept = {name for _title, names in groups_of(kind) for name in names}
        for name in set(self.fields) - kept:
            del self.fields[name]
        self.kind = kind

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields under their titles."""
        return [(title, [self[name] for name in names]) for title, names in groups_of(self.kind)]

    def options(self) -> dict[str, str]:
        """Return what was said, once valid, as it is kept: text, empty for nothing."""
        return {name: _kept(self.cleaned_data[name]) for name in self.fields}


def _initial(options: Mapping[str, str]) -> dict[str, object]:
    return {**options, "urgency": options.get("urgency", "").split()}


def _kept(value: object) -> str:
    if value is None or value is False:
        return ""
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, date):
        return value.isoformat()
    return "1" if value is True else str(value)


def groups_of(kind: PaperKind) -> list[tuple[Any, tuple[str, ...]]]:
    """Return the titles of the form and their fields, for a kind of paper."""
    who: tuple[str, ...] = ("is_person", "form", "address", "email", "represented_by", "interest")
    what: tuple[str, ...] = ("attacked", "author", "author_service", "author_address")
    end: tuple[str, ...] = ("place", "checked_by", "override")
    if kind is PaperKind.MANDATE:
        return [
            (_("Qui donne mandat, à qui"), ("form", "address", "represented_by")),
            (_("Ce que le mandat permet"), ("scope_about", "scope_until", "processing")),
        ]
    if kind in COURT:
        urgent = ("claim", "urgency") if kind is PaperKind.SUSPENSION else ()
        return [
            (_("Qui agit"), (*who, "statutes", "power")),
            (_("Devant qui, contre quoi"), ("court_address", *what, *urgent)),
            (
                _("Ce qui est demandé"),
                ("enjoin", "within_days", "penalty", "costs", "more"),
            ),
            (_("Pour finir"), end),
        ]
    to: tuple[str, ...] = ("addressee", "addressee_service", "addressee_address")
    if kind in CNIL:
        mandates = ("mandates",) if kind is PaperKind.COLLECTIVE else ()
        return [
            (_("Qui se plaint"), (*who, *mandates)),
            (_("Contre qui, de quoi"), ("author", "author_address", "processing")),
            (_("Ce qui est demandé"), ("enjoin", "more")),
            (_("Pour finir"), ("place", "checked_by")),
        ]
    return [
        (_("Qui écrit"), who),
        (_("À qui, contre quoi"), (*to, *what, "is_local", "is_rule")),
        (_("Ce qui est demandé"), ("enjoin", "more")),
        (_("Pour finir"), end),
    ]


class MeanForm(forms.Form):
    """A means in the team's own words."""

    title = forms.CharField(label=_("Titre du moyen"), max_length=300)
    text = forms.CharField(
        label=_("Son texte"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=_area(8),
        help_text=_("La règle, puis les faits qui la heurtent, avec leurs pièces."),
    )
    facts = forms.MultipleChoiceField(
        label=_("Les faits qui le prouvent"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_external = forms.BooleanField(
        label=_("Il touche à qui a décidé et comment (légalité externe)"), required=False
    )

    def __init__(self, data: Any = None, *, facts: Iterable[CensusFact]) -> None:
        super().__init__(data, prefix="moyen")
        self.fields["facts"].choices = [(each.key, each.text) for each in facts]  # type: ignore[attr-defined]
        if not self.fields["facts"].choices:  # type: ignore[attr-defined]
            del self.fields["facts"]

    def told(self) -> OwnMean:
        """Return it, once valid."""
        said = self.cleaned_data
        return OwnMean(
            title=said["title"].strip(),
            text=said["text"].replace("\r\n", "\n").strip(),
            facts=tuple(said.get("facts", ())),
            is_external=said["is_external"],
        )


class FinalDocumentForm(forms.Form):
    """The version that was written elsewhere, from the library."""

    document = forms.CharField(
        label=_("La version réécrite ailleurs"),
        max_length=300,
        help_text=_("Son adresse dans la bibliothèque, ou son empreinte SHA-256."),
    )

    def clean_document(self) -> str:
        """Keep the hash, from an address or as it is."""
        found = HASH.search(str(self.cleaned_data["document"]))
        if found is None:
            raise forms.ValidationError(
                _("Copiez l'adresse d'un document de la bibliothèque, ou son empreinte.")
            )
        return found[0]


def citation(exhibit: str, where: str) -> str:
    """Return how a text cites an exhibit: `[[exh-…, p. 3]]`; signs that would break it go."""
    place = re.sub(r"[\[\]\n]", "", where).strip()[:60]
    return f"[[{exhibit}, {place}]]" if place else f"[[{exhibit}]]"
