"""Telling what happened in an action, and what it holds beside its facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contrechamp.cases.domain.facts import Kind, Proof
from contrechamp.cases.models import OUTCOMES, Cost, Member, Party
from contrechamp.cases.shown.words import FACTS, PROOFS, REPLIES, WHY


def _day(label: Any, *, required: bool = True, **fields: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, **fields)


class FactForm(forms.Form):
    """One fact: what, when, how it is proved; further fields where its kind has them."""

    kind = forms.ChoiceField(label=_("Ce qui s'est passé"))
    first = _day(_("Jour"))
    last = _day(
        _("Au plus tard le"),
        required=False,
        help_text=_("Seulement si le jour n'est pas sûr."),
    )
    proof = forms.ChoiceField(label=_("Ce qui le prouve"))
    number = forms.CharField(label=_("Numéro"), max_length=40, required=False)
    day = _day(
        _("Jour fixé"),
        required=False,
        help_text=_("D'une audience, d'une clôture, d'une réponse attendue."),
    )
    why = forms.ChoiceField(label=_("Pourquoi la suspension est refusée"), required=False)
    outcome = forms.ChoiceField(label=_("Ce que le jugement décide"), required=False)
    term = _day(_("À exécuter avant le"), required=False)
    ecli = forms.CharField(label="ECLI", max_length=60, required=False)
    controller = forms.CharField(
        label=_("Plainte : responsable du fichier"), max_length=200, required=False
    )
    processing = forms.CharField(label=_("Plainte : traitement"), max_length=300, required=False)
    contact = forms.CharField(
        label=_("Plainte : contact déjà pris, ou raison de ne pas en prendre"),
        max_length=500,
        required=False,
    )
    has_standing = forms.BooleanField(
        label=_("Plainte : une personne concernée se plaint, ou l'association a son mandat écrit"),
        required=False,
    )
    statutes = forms.CharField(
        label=_("Plainte collective : article des statuts de l'association qui a cet objet"),
        max_length=200,
        required=False,
        help_text=_("RGPD, article 80 ; loi n° 78-17, article 38."),
    )
    system = forms.CharField(
        label=_("Signalement : quel système, où"), max_length=300, required=False
    )
    difficulty = forms.CharField(
        label=_("Signalement : la difficulté"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_public_place = forms.BooleanField(
        label=_("Signalement : le système filme la voie publique ou un lieu ouvert au public"),
        required=False,
    )
    what = forms.ChoiceField(label=_("Signalement : ce qui est répondu"), required=False)
    note = forms.CharField(
        label=_("Note pour l'équipe"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    RULED = ("outcome", "ecli")
    ONLY_OF = {  # noqa: RUF012
        Kind.COMPLAINT_FILED: ("controller", "processing", "contact", "has_standing", "statutes"),
        Kind.SUSPENSION_REFUSED: ("why",),
        Kind.JUDGED: (*RULED, "term"),
        Kind.LIBERTY_RULED: RULED,
        Kind.MEASURES_RULED: RULED,
        Kind.COMPLAINT_OUTCOME: RULED,
        Kind.REPORT_SENT: ("system", "difficulty", "is_public_place"),
        Kind.REPORT_ANSWERED: ("what",),
        Kind.REPORT_PREFECT: ("what",),
    }
    TOLD = (
        *("number", "why", "outcome", "ecli", "controller", "processing", "contact"),
        *("statutes", "system", "difficulty", "what"),
    )
    YES = ("has_standing", "is_public_place")

    def __init__(
        self,
        data: Any = None,
        *,
        kinds: Sequence[Kind],
        is_collective: bool = False,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["kind"].choices = [(kind, FACTS[kind]) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["proof"].choices = [(proof, PROOFS[proof]) for proof in Proof]  # type: ignore[attr-defined]
        self.fields["why"].choices = [("", "—"), *WHY.items()]  # type: ignore[attr-defined]
        self.fields["outcome"].choices = [("", "—"), *OUTCOMES]  # type: ignore[attr-defined]
        self.fields["what"].choices = [("", "—"), *REPLIES.items()]  # type: ignore[attr-defined]
        wanted = {name for kind in kinds for name in self.ONLY_OF.get(kind, ())}
        wanted -= {"has_standing" if is_collective else "statutes"}
        every = {name for names in self.ONLY_OF.values() for name in names}
        gone = every - wanted
        for name in gone:
            del self.fields[name]

    def told(self) -> dict[str, object]:
        """Return what the fact tells beside its day; empty fields are left out."""
        clean = self.cleaned_data
        said = {name: clean[name] for name in self.TOLD if clean.get(name)}
        days = {name: clean.get(name) for name in ("day", "term")}
        said |= {name: day.isoformat() for name, day in days.items() if isinstance(day, date)}
        return said | {name: True for name in self.YES if clean.get(name)}


class CorrectForm(FactForm):
    """A fact as it should have been told, and why it is corrected."""

    reason = forms.CharField(label=_("Pourquoi cette correction"), max_length=300)
    field_order = ("reason",)

    def __init__(
        self, data: Any = None, *, kind: Kind, is_collective: bool, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, kinds=[kind], is_collective=is_collective, initial=initial)
        self.fields["kind"].widget = forms.HiddenInput()
        self.order_fields(None)
        for name in ("note",):
            del self.fields[name]


class InstanceForm(forms.Form):
    """One court, as it is now."""

    court = forms.CharField(label=_("Juridiction"), max_length=120)
    number = forms.CharField(label=_("Numéro"), max_length=40, required=False)
    filed_on = _day(_("Requête déposée le"), required=False)
    hearing_on = _day(_("Audience le"), required=False)
    decided_on = _day(_("Décision le"), required=False)
    result = forms.ChoiceField(label=_("Résultat"), choices=[("", "—"), *OUTCOMES], required=False)
    ecli = forms.CharField(label="ECLI", max_length=60, required=False)
    source = forms.URLField(
        label=_("Où le jugement est publié"), required=False, assume_scheme="https"
    )


class CorrectInstanceForm(InstanceForm):
    """A court as it should have been told, and why."""

    reason = forms.CharField(label=_("Pourquoi cette correction"), max_length=300)


class PartyForm(forms.Form):
    """An organisation with its official number."""

    side = forms.ChoiceField(label=_("Côté"), choices=Party.Side.choices)
    name = forms.CharField(label=_("Nom de l'organisation"), max_length=200)
    number = forms.CharField(
        label=_("Numéro officiel"),
        max_length=20,
        help_text=_("SIREN, SIRET ou RNA. Une personne n'est jamais nommée ici."),
    )


class CostForm(forms.Form):
    """Money asked, granted, ordered or spent."""

    kind = forms.ChoiceField(label=_("Quoi"), choices=Cost.Kind.choices)
    amount = forms.DecimalField(label=_("Montant, en euros"), max_digits=10, decimal_places=2)
    day = _day(_("Jour"))
    note = forms.CharField(label=_("Pour quoi"), max_length=200, required=False)


class CorrectCostForm(CostForm):
    """Money as it should have been told, and why."""

    reason = forms.CharField(label=_("Pourquoi cette correction"), max_length=300)


class SeatForm(forms.Form):
    """Somebody and their role."""

    name = forms.CharField(label=_("Nom du compte"), max_length=150)
    role = forms.ChoiceField(label=_("Rôle"), choices=Member.Role.choices)


class ChangeForm(forms.Form):
    """What an action says of itself."""

    title = forms.CharField(label=_("Titre"), max_length=200)
    about = forms.CharField(
        label=_("De quoi il s'agit"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Lu par tous une fois l'action publiée. Ne nommez aucune personne."),
    )
    court = forms.CharField(label=_("Tribunal"), max_length=120, required=False)
    money_needed = forms.IntegerField(
        label=_("Argent cherché, en euros"),
        min_value=1,
        required=False,
        help_text=_("Public. Vide : rien n'est dit."),
    )
    strategy = forms.CharField(
        label=_("Notes de stratégie"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Jamais publiques, ni dans un export."),
    )
