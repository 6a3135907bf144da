"""What stands in the address of a search, or in a form about one, made valid."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .domain import Query
from .domain.batch import MOST_NAMES, Names, decode, read_names

FACETS = {
    "kind": "type",
    "technology": "technologie",
    "place": "lieu",
    "year": "annee",
    "status": "statut",
}
"""Our names of the facets, and their names in an address."""
SCOPES = {"document": "document", "collection": "collection"}
LIMITS = {
    "since": "depuis",
    "until": "jusqua",
    "least": "montant_min",
    "most": "montant_max",
}
EXACTLY = "exactement"
SORTS = {"date": "date", "nouveau": "new"}
MOST_VALUES = 20
LONGEST_ADDRESS = 2_000


def read_query(data: QueryDict, *, limit: int = 20) -> Query:
    """Return the query that an address holds. Nothing there is an error."""
    chosen: dict[str, Any] = {
        name: tuple(_clean(value)[:80] for value in data.getlist(key)[:MOST_VALUES] if value)
        for name, key in (FACETS | SCOPES).items()
    }
    limits: dict[str, Any] = {
        name: _clean(data.get(key, "")).strip()[:60] for name, key in LIMITS.items()
    }
    return Query(
        text=_clean(data.get("q", "")).strip()[:500],
        exactly=bool(data.get(EXACTLY)),
        sort=SORTS.get(data.get("tri", ""), "relevance"),
        limit=limit,
        cursor=data.get("suite", ""),
        **chosen,
        **limits,
    )


def is_asked(query: Query) -> bool:
    """Answer whether anything is asked at all."""
    names = ("text", *FACETS, *SCOPES, *LIMITS)
    return any(getattr(query, name) for name in names)


def canonical(data: QueryDict) -> str:
    """Return what an address asks in one way of writing, without place and order of results."""
    kept = QueryDict(mutable=True)
    for key in ("q", *FACETS.values(), *SCOPES.values(), *LIMITS.values(), EXACTLY):
        values = [value for each in data.getlist(key)[:MOST_VALUES] if (value := _clean(each))]
        if values:
            kept.setlist(key, [value.strip()[:500] for value in dict.fromkeys(values)])
    return kept.urlencode()


def _clean(text: str) -> str:
    return text.replace("\0", " ")


def without(data: QueryDict, key: str, value: str = "") -> str:
    """Return the address without one value of a name (or all), from the first page on."""
    kept = [each for each in data.getlist(key) if value and each != value]
    return _address(data, key, kept)


def with_value(data: QueryDict, key: str, value: str) -> str:
    """Return the address with one more value, from the first page on."""
    return _address(data, key, [*data.getlist(key), value])


def with_only(data: QueryDict, key: str, value: str) -> str:
    """Return the address with one value in place of what a name had."""
    return _address(data, key, [value] if value else [])


def words_only(data: QueryDict) -> str:
    """Return the address of the same words, with nothing chosen."""
    kept = QueryDict(mutable=True)
    kept["q"] = data.get("q", "")
    return "?" + kept.urlencode()


def _address(data: QueryDict, key: str, values: list[str]) -> str:
    changed = data.copy()
    changed.pop("suite", None)
    changed.setlist(key, values)
    return "?" + changed.urlencode()


class BatchForm(forms.Form):
    """A list of names, pasted or sent as a file."""

    names = forms.CharField(
        label=_("Noms, un par ligne"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Ou un fichier CSV ou texte"),
        required=False,
        help_text=_("La colonne « nom » est lue ; s'il n'y en a pas, la première."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
    )

    most_names = MOST_NAMES

    def clean(self) -> dict[str, Any]:
        """Read the list: that of the file when there is one."""
        data = super().clean() or {}
        file = data.get("file")
        where = "file" if file else "names"
        try:
            data["list"] = read_names(decode(file.read()) if file else data.get("names", ""))
        except Refused as why:
            self.add_error(where, say(why))
        return data

    @property
    def list(self) -> Names:
        """The names, when the form is valid."""
        found: Names = self.cleaned_data["list"]
        return found


class SaveForm(forms.Form):
    """A name for a search, and what it asks."""

    name = forms.CharField(label=_("Nom de cette recherche"), max_length=120)
    query = forms.CharField(max_length=LONGEST_ADDRESS, widget=forms.HiddenInput)


class NameForm(forms.Form):
    """Another name for a saved search."""

    name = forms.CharField(label=_("Nom de cette recherche"), max_length=120)
