"""Opening an action: on an act, a refused request, a record of the census, or by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from contrechamp.cases.domain.kinds import ActionKind, TargetKind
from contrechamp.cases.models import KINDS
from contrechamp.cases.queries.targets import of_act, of_record, of_request

if TYPE_CHECKING:
    from django.http import QueryDict

    from contrechamp.accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What an action is opened on, as its pages tell it."""

    kind: TargetKind = TargetKind.OTHER
    key: str = ""
    title: str = ""
    url: str = ""
    court: str = ""
    technology: str = ""
    territories: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    published_on: date | None = None
    notified_on: date | None = None
    silent_on: date | None = None

    @property
    def query(self) -> str:
        """Return what names it in the address of the form."""
        names = {
            TargetKind.ACT: "acte",
            TargetKind.REQUEST: "demande",
            TargetKind.DECISION: "fiche",
            TargetKind.CONTRACT: "fiche",
        }
        if self.kind is TargetKind.CONTRACT and not self.key.startswith(("ctr-", "cnt-")):
            return f"?acte={self.key}"
        return f"?{names[self.kind]}={self.key}" if self.kind in names else ""


def read_target(asked: QueryDict, user: User) -> Target | None:
    """Return what an address names; an empty target where it names nothing, None for a wrong one.

    A target is only what this person may read.
    """
    if key := asked.get("acte"):
        found = of_act(key)
    elif key := asked.get("demande"):
        found = of_request(key, user)
    elif key := asked.get("fiche"):
        found = of_record(key)
    else:
        return Target()
    return Target(**found) if found else None


class OpenForm(forms.Form):
    """The kind and the title; the rest comes from what it is opened on."""

    kind = forms.ChoiceField(label=_("Sorte d'action"), choices=KINDS)
    title = forms.CharField(label=_("Titre"), max_length=200)
    about = forms.CharField(
        label=_("En quelques mots, ce dont il s'agit"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Privé tant que l'équipe n'a pas publié l'action. Ne nommez aucune personne."),
    )

    def __init__(self, data: object, *, target: Target) -> None:
        super().__init__(
            data,  # type: ignore[arg-type]
            initial={"title": target.title[:200], "kind": _usual(target)},
        )
        allowed = _kinds(target)
        self.fields["kind"].choices = [each for each in KINDS if each[0] in allowed]  # type: ignore[attr-defined]


def _usual(target: Target) -> ActionKind:
    return ActionKind.CONTRACT if target.kind is TargetKind.CONTRACT else ActionKind.ANNULMENT


def _kinds(target: Target) -> frozenset[ActionKind]:
    """Return the kinds that are offered on a target: no reconsideration in access cases."""
    every = frozenset(ActionKind)
    if target.kind is TargetKind.REQUEST:
        return frozenset({ActionKind.ANNULMENT, ActionKind.SUSPENSION})
    if target.kind is TargetKind.CONTRACT:
        return every - {ActionKind.ANNULMENT, ActionKind.SUSPENSION, ActionKind.GRACIEUX}
    return every
