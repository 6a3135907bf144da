"""What a person typed about documents, quotes and collections, made valid."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from contrechamp.documents.domain.layout import Rect, check_rect
from contrechamp.documents.domain.personal import BY_HAND
from contrechamp.documents.domain.redaction.plan import Plan, read_plan, read_terms
from contrechamp.documents.models import Document
from contrechamp.documents.queries.cards import action_names
from contrechamp.foundation import vocabulary
from contrechamp.foundation.words import say
from contrechamp.kernel import uncertain
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.numbers import is_insee

LANGUAGES = [("", _("non précisée")), ("fr", _("français")), ("en", _("anglais"))]


class CiteForm(forms.Form):
    """A passage: offsets, exact words, or rectangles."""

    page = forms.IntegerField(min_value=1)
    page_to = forms.IntegerField(min_value=1, required=False)
    start = forms.IntegerField(min_value=0, required=False)
    end = forms.IntegerField(min_value=0, required=False)
    exact = forms.CharField(required=False, max_length=20_000)
    zone = forms.CharField(required=False, max_length=200)
    action = forms.CharField(required=False, max_length=100)

    def clean_zone(self) -> list[Rect]:
        """Read `x0,y0,x1,y1`."""
        typed = self.cleaned_data["zone"]
        if not typed:
            return []
        try:
            return [check_rect([float(part) for part in typed.split(",")])]
        except ValueError:
            raise ValidationError(_("Quatre fractions de la page sont attendues.")) from None

    def clean_action(self) -> str:
        """Let through what a room offers, and nothing else."""
        name: str = self.cleaned_data["action"]
        return name if name in action_names() else ""

    def passage(self) -> dict[str, Any]:
        """Return the arguments that say what is cited."""
        given = self.cleaned_data
        return {
            "page": given["page"],
            "page_to": given["page_to"],
            "start": given["start"],
            "end": given["end"],
            "exact": given["exact"] or None,
            "rects": given["zone"] or None,
        }


def type_choices(*, empty: str = "") -> list[tuple[str, str]]:
    """Return the types of documents in the reader's language."""
    found = [
        (code, vocabulary.label("document_types", code))
        for code in vocabulary.terms("document_types")
    ]
    return [("", empty), *found] if empty else found


class DescriptionForm(forms.Form):
    """What is said of a document."""

    title = forms.CharField(label=_("Titre"), max_length=300)
    doc_type = forms.ChoiceField(label=_("Type"))
    dated_text = forms.CharField(
        label=_("Date du document"),
        required=False,
        max_length=60,
        help_text=_("Par exemple 2023-11-03, 2023-11, 2023, « avant 2019 », « vers 2018 »."),
    )
    author_text = forms.CharField(
        label=_("Auteur"),
        required=False,
        max_length=300,
        help_text=_("L'administration ou l'entreprise qui l'a écrit."),
    )
    language = forms.ChoiceField(label=_("Langue"), choices=LANGUAGES, required=False)
    origin = forms.ChoiceField(label=_("D'où vient-il ?"), choices=Document.Origin)
    source_url = forms.URLField(
        label=_("Adresse d'origine"), required=False, max_length=1000, assume_scheme="https"
    )
    obtained_on = forms.DateField(
        label=_("Obtenu le"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    places = forms.CharField(
        label=_("Communes concernées"),
        required=False,
        max_length=2000,
        help_text=_("Codes INSEE séparés par des virgules, par exemple 06088, 83137."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = self.fields["doc_type"]
        if isinstance(kinds, forms.ChoiceField):
            kinds.choices = type_choices()

    def clean_dated_text(self) -> str:
        """Refuse a date that cannot be, and keep how it was written."""
        typed: str = self.cleaned_data["dated_text"].strip()
        if typed:
            _date(typed)
        return typed

    def clean_places(self) -> list[str]:
        """Return the keys of communes; keys of other territories stay as they are."""
        keys: list[str] = []
        for part in re.split(r"[\s,;]+", self.cleaned_data["places"].strip()):
            if is_insee(part):
                keys.append(f"commune:{part}")
            elif re.fullmatch(r"(?:departement|region|epci|commune|country):\w+", part):
                keys.append(part)
            elif part:
                raise ValidationError(
                    gettext(
                        "« {code} » n'est pas un code INSEE : cinq signes, comme 06088."
                    ).format(code=part)
                )
        return list(dict.fromkeys(keys))

    def fields_for_service(self) -> dict[str, Any]:
        """Return what `describe_document` takes."""
        given = self.cleaned_data
        dated = _date(given["dated_text"]) if given["dated_text"] else None
        return {
            "title": given["title"].strip(),
            "doc_type": given["doc_type"],
            "dated_text": given["dated_text"],
            "dated_earliest": dated.earliest if dated else None,
            "dated_latest": dated.latest if dated else None,
            "author_text": given["author_text"],
            "language": given["language"],
            "origin": given["origin"],
            "source_url": given["source_url"],
            "obtained_on": given["obtained_on"],
            "place_codes": given["places"],
        }


class EditForm(DescriptionForm):
    """A description changed by a member, with the version that was read."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)


def described(document: Document) -> dict[str, Any]:
    """Return what the form shows for a document."""
    places = [
        key.removeprefix("commune:") if key.startswith("commune:") else key
        for key in document.place_codes
    ]
    return {
        "title": document.title,
        "doc_type": document.doc_type,
        "dated_text": document.dated_text,
        "author_text": document.author_text,
        "language": document.language,
        "origin": document.origin,
        "source_url": document.source_url,
        "obtained_on": document.obtained_on,
        "places": ", ".join(places),
        "expected_version": document.version,
    }


class ManyFilesInput(forms.ClearableFileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, each checked like one."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        one = super().clean
        if isinstance(data, list | tuple) and data:
            return [one(each, initial) for each in data]
        return [one(data, initial)]


class AddForm(forms.Form):
    """Files from somebody's machine, and what is said of all of them."""

    files = ManyFilesField(  # type: ignore[assignment]
        label=_("Fichiers"), allow_empty_file=True
    )
    title = forms.CharField(
        label=_("Titre"),
        required=False,
        max_length=300,
        help_text=_("Pour un seul fichier. Sinon chacun prend le titre de son contenu ou son nom."),
    )
    doc_type = forms.ChoiceField(label=_("Type"), required=False)
    dated_text = forms.CharField(
        label=_("Date du document"),
        required=False,
        max_length=60,
        help_text=_("Par exemple 2023-11-03, 2023-11, 2023, « avant 2019 », « vers 2018 »."),
    )
    origin = forms.ChoiceField(
        label=_("D'où vient-il ?"),
        choices=[
            choice for choice in Document.Origin.choices if choice[0] != Document.Origin.IMPORT
        ],
        initial=Document.Origin.OFFICIAL_SITE,
    )
    source_url = forms.URLField(
        label=_("Adresse d'origine"), required=False, max_length=1000, assume_scheme="https"
    )
    obtained_on = forms.DateField(
        label=_("Obtenu le"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    collection = forms.ChoiceField(label=_("Collection"), required=False)
    new_collection = forms.CharField(
        label=_("… ou une nouvelle collection"), required=False, max_length=200
    )
    access = forms.ChoiceField(
        label=_("Qui peut le lire avant publication ?"),
        choices=[
            (Document.Access.TEAM.value, _("l'équipe")),
            (Document.Access.PRIVATE.value, _("moi seul·e")),
        ],
        initial=Document.Access.TEAM,
        required=False,
    )

    def __init__(
        self, *args: Any, collections: list[tuple[str, str]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choose("doc_type", type_choices(empty=gettext("à préciser plus tard")))
        self._choose("collection", [("", gettext("aucune")), *(collections or [])])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean_dated_text(self) -> str:
        """Refuse a date that cannot be, and keep how it was written."""
        typed: str = self.cleaned_data["dated_text"].strip()
        if typed:
            _date(typed)
        return typed

    def fields_for_service(self) -> dict[str, Any]:
        """Return what is said of all files, for the verb that takes them in."""
        given = self.cleaned_data
        return {
            "title": given["title"].strip(),
            "dated": _dated(given["dated_text"]),
            "doc_type": given["doc_type"] or "other",
            "origin": given["origin"],
            "source_url": given["source_url"],
            "obtained_on": given["obtained_on"],
            "collection": given["new_collection"].strip() or given["collection"],
            "access": given["access"] or Document.Access.TEAM,
        }


class BatchForm(forms.Form):
    """What is said of all documents of a batch at once; what is left empty stays."""

    doc_type = forms.ChoiceField(label=_("Type"), required=False)
    dated_text = forms.CharField(label=_("Date du document"), required=False, max_length=60)
    origin = forms.ChoiceField(
        label=_("D'où viennent-ils ?"),
        required=False,
        choices=[("", _("inchangé")), *Document.Origin.choices],
    )
    collection = forms.ChoiceField(label=_("Collection"), required=False)

    def __init__(
        self, *args: Any, collections: list[tuple[str, str]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("doc_type", type_choices(empty=gettext("inchangé"))),
            ("collection", [("", gettext("inchangé")), *(collections or [])]),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    clean_dated_text = AddForm.clean_dated_text

    def fields_for_service(self) -> dict[str, Any]:
        """Return what changes."""
        given = self.cleaned_data
        changed = {name: given[name] for name in ("doc_type", "origin") if given[name]}
        return changed | _dated(given["dated_text"])


class CollectionForm(forms.Form):
    """A collection's title and text."""

    title = forms.CharField(label=_("Titre"), max_length=200)
    text = forms.CharField(
        label=_("Présentation"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Raison"), max_length=1000)


def _dated(typed: str) -> dict[str, Any]:
    """Return the three fields of a date as it was written; none when nothing was."""
    if not typed:
        return {}
    dated = _date(typed)
    return {
        "dated_text": typed,
        "dated_earliest": dated.earliest,
        "dated_latest": dated.latest,
    }


def _date(typed: str) -> uncertain.UncertainDate:
    try:
        return uncertain.parse(typed)
    except Refused as refused:
        raise ValidationError(say(refused)) from None


BOX_ROWS = 4
KINDS = [
    ("email", _("toutes les adresses électroniques")),
    ("telephone", _("tous les numéros de téléphone")),
    ("iban", _("tous les IBAN")),
    ("plate", _("toutes les plaques d'immatriculation")),
]


def reason_choices() -> list[tuple[str, str]]:
    """Return why something may be hidden, in the reader's language."""
    codes = vocabulary.terms("redaction_reasons")
    return [(code, vocabulary.label("redaction_reasons", code)) for code in codes]


class RedactForm(forms.Form):
    """What a public copy hides: words, kinds of words, rectangles in percent of the page."""

    terms = forms.CharField(
        label=_("Mots à masquer partout, un par ligne"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_(
            "Trouvés quels que soient la casse, les accents et les coupures. La liste est scellée."
        ),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Et aussi"), required=False, choices=KINDS, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.ChoiceField(label=_("Motif des mots"), choices=reason_choices)
    screened = forms.BooleanField(label="", required=False, initial=True)

    def __init__(self, data: Any = None, *, marked: int = 0) -> None:
        super().__init__(data)
        if not marked:
            del self.fields["screened"]
            return
        self.fields["screened"].label = ngettext(
            "Le passage marqué « à masquer » à la relecture",
            "Les {number} passages marqués « à masquer » à la relecture",
            marked,
        ).format(number=marked)

    def plan(self) -> Plan:
        """Return the plan, or raise `Refused` with the line that cannot be followed."""
        given, codes = self.cleaned_data, [code for code, _label in reason_choices()]
        terms = read_terms(
            given["terms"].splitlines(), given["reason"], codes, kinds=given["kinds"]
        )
        boxes = [self._box(row) for row in range(BOX_ROWS) if self.data.get(f"page-{row}")]
        return read_plan({"terms": Plan(terms=terms).as_json()["terms"], "boxes": boxes}, codes)

    def _box(self, row: int) -> dict[str, Any]:
        sides = [self.data.get(f"{side}-{row}", "").replace(",", ".") for side in SIDES]
        rect = [float(side) / 100 if re.fullmatch(r"[\d.]+", side) else -1.0 for side in sides]
        return {
            "page": self.data[f"page-{row}"],
            "rect": rect,
            "reason": self.data.get(f"reason-{row}", ""),
        }


SIDES = ("left", "top", "right", "bottom")


def keeping_reasons() -> list[tuple[str, str]]:
    """Return the reasons for which a passage is kept."""
    return [
        (code, vocabulary.label("keeping_reasons", code))
        for code in vocabulary.terms("keeping_reasons")
    ]


def pointed_kinds() -> list[tuple[str, str]]:
    """Return what one can point at by hand."""
    return [(str(kind), vocabulary.label("personal_data", kind)) for kind in BY_HAND]


class CheckedForm(forms.Form):
    """A form whose fields our own page fills in: what is wrong with it is told in a sentence."""

    def check(self) -> None:
        """Raise `Refused` unless it is valid."""
        if not self.is_valid():
            raise Refused(gettext_noop("Cette demande est mal formée : revenez à la page."))


class DecisionForm(CheckedForm):
    """What is decided of one finding, or of all of a kind."""

    finding = forms.IntegerField(required=False)
    kind = forms.CharField(required=False, max_length=30)
    page = forms.IntegerField(required=False, min_value=1)
    decision = forms.CharField(required=False, max_length=20)
    reason = forms.CharField(required=False, max_length=40)
    detail = forms.CharField(required=False, max_length=1000)
    undo = forms.BooleanField(required=False)

    def fields_for_service(self) -> dict[str, Any]:
        """Return what is decided, and why."""
        return {name: self.cleaned_data[name] for name in ("decision", "reason", "detail")}


class PointForm(CheckedForm):
    """Something on the picture of a page: four fractions, or nothing for the whole page."""

    kind = forms.CharField(max_length=30)
    zone = forms.CharField(required=False, max_length=200)

    def rect(self) -> list[float] | None:
        """Return the four numbers, or raise `Refused`."""
        typed = self.cleaned_data["zone"].replace(";", " ").split()
        if not typed:
            return None
        try:
            return [float(part.replace(",", ".")) for part in typed]
        except ValueError:
            raise Refused(
                gettext_noop("Donnez quatre nombres entre 0 et 1 : gauche, haut, droite, bas.")
            ) from None
