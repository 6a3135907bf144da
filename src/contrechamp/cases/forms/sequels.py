"""What a judgment changes for a project, as an editor proposes it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from contrechamp.foundation.vocabulary import label, terms

STAGES = ("suspended", "annulled", "ended", "abandoned", "running")


class SequelForm(forms.Form):
    """How far the project is now, and where the judgment is read."""

    stage = forms.ChoiceField(label=_("Le projet est maintenant"), choices=())
    address = forms.URLField(
        label=_("Où le jugement se lit"), max_length=500, assume_scheme="https"
    )
    publisher = forms.CharField(label=_("Publié par"), max_length=200)

    def __init__(
        self, data: object = None, *, initial: dict[str, str] | None = None, number: int = 0
    ) -> None:
        """`number` tells the fields of one decision from those of another on the same page."""
        super().__init__(data, initial=initial, auto_id=f"s{number}-%s")  # type: ignore[arg-type]
        known = terms("stages")
        choices = [(code, label("stages", code)) for code in STAGES if code in known]
        self.fields["stage"].choices = choices  # type: ignore[attr-defined]
