"""What a reviewer corrects in a finding: the fields that a machine reads wrongly."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contrechamp.foundation.vocabulary import label, terms
from contrechamp.places import queries as places
from contrechamp.watch.domain import public
from contrechamp.watch.models import Found
from contrechamp.watch.queries.wording import DECISIONS, decision_label


def _technologies() -> list[tuple[str, str]]:
    return [(code, label("watched", code)) for code in terms("watched")]


def _decisions() -> list[tuple[str, str]]:
    return [(code, decision_label(code)) for code in DECISIONS]


class CorrectionForm(forms.Form):
    """The values as read; what is changed is kept beside the machine's reading."""

    technology = forms.ChoiceField(label=_("Technique"), choices=_technologies)
    decision = forms.ChoiceField(label=_("Décision"), choices=_decisions)
    insee = forms.CharField(
        label=_("Communes"),
        required=False,
        max_length=400,
        help_text=_("Codes INSEE, séparés par une espace."),
    )
    cameras = forms.IntegerField(
        label=_("Nombre de caméras"), required=False, min_value=0, max_value=100_000
    )
    retention_days = forms.IntegerField(
        label=_("Conservation (jours)"), required=False, min_value=0, max_value=3660
    )
    publish = forms.BooleanField(
        label=_(
            "Publier le nom du bénéficiaire : c'est un organisme public, ou une grande enseigne"
        ),
        required=False,
    )
    note = forms.CharField(label=_("Pourquoi ?"), required=False, max_length=2000)

    def __init__(self, data: Any = None, *, finding: Found) -> None:
        self.before = public.corrected(finding.data, finding.edited)
        codes = [place["insee"] for place in self.before.get("places") or () if place.get("insee")]
        super().__init__(
            data,
            initial={
                "technology": self.before["technology"],
                "decision": self.before["decision"],
                "insee": " ".join(codes),
                "cameras": (self.before.get("cameras") or {}).get("total"),
                "retention_days": self.before.get("retention_days"),
                "publish": public.is_open(self.before),
            },
        )
        beneficiary = self.before.get("beneficiary") or {}
        if not beneficiary.get("printed") or beneficiary.get("class") == "person":
            del self.fields["publish"]

    def clean_insee(self) -> list[dict[str, Any]]:
        """Return the communes, or say which code is none."""
        found = []
        for code in dict.fromkeys(self.cleaned_data["insee"].replace(",", " ").split()):
            town = places.find_by_code("commune", code)
            if town is None:
                raise forms.ValidationError(
                    gettext("« {code} » n'est le code d'aucune commune.").format(code=code)
                )
            found.append(
                {"printed": town.name, "name": town.name, "insee": town.code, "how": "reviewer"}
            )
        return found

    def corrections(self) -> dict[str, Any]:
        """Return what differs from the reading, in the keys of a finding."""
        changed: dict[str, Any] = {}
        sent, before = self.cleaned_data, self.before
        if "technology" in self.changed_data:
            changed |= {"technology": sent["technology"], "technologies": [sent["technology"]]}
        if "decision" in self.changed_data:
            changed |= {"decision": sent["decision"], "decisions": [sent["decision"]]}
        if "insee" in self.changed_data:
            changed["places"] = sent["insee"]
        if "cameras" in self.changed_data:
            total = sent["cameras"]
            kept = dict.fromkeys(("indoor", "outdoor", "public_road", "mobile", "added"))
            changed["cameras"] = {**kept, "total": total} if total is not None else None
        if "retention_days" in self.changed_data:
            changed["retention_days"] = sent["retention_days"]
        if "publish" in self.changed_data and "publish" in self.fields:
            changed["beneficiary"] = {**before["beneficiary"], "publish": sent["publish"]}
        return changed
