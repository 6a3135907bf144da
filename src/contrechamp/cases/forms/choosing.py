"""Choosing the document that shows a fact: by the words of its title, or by sending it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contrechamp.cases.queries.documents import titles_of, with_title

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


class DocumentForm(forms.Form):
    """A document of the library, or a file. Neither is needed."""

    words = forms.CharField(
        label=_("Chercher dans la bibliothèque, par le titre"), max_length=120, required=False
    )
    chosen = forms.ChoiceField(
        label=_("Le document"), required=False, widget=forms.RadioSelect, choices=()
    )
    file = forms.FileField(
        label=_("Ou envoyer le fichier"),
        required=False,
        help_text=_(
            "Il entre dans la bibliothèque, lisible de vous seul·e tant que vous ne l'y partagez "
            "pas."
        ),
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, user: User, chosen: str = ""
    ) -> None:
        super().__init__(data, files, prefix="document", initial={"chosen": chosen})
        words = (data.get("document-words", "") if data else "").strip()
        held = (data.get("document-chosen", "") if data else "") or chosen
        self.has_words = bool(words)
        found = dict(with_title(words, user)) if words else {}
        found |= titles_of([held] if held else [], user)
        self.found = len(found)
        if found:
            choices = [("", _("aucun")), *found.items()]
            self.fields["chosen"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["chosen"]
