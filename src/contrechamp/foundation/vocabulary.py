"""Controlled vocabularies: codes with French and English labels, kept as data.

Each is a YAML file of `contrechamp/vocabulary/`: a list of mappings with at least `code` and
`label: {fr, en}`. Rooms read them here and nowhere else.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.utils.translation import get_language

from contrechamp.kernel.typography import french


@cache
def terms(name: str) -> dict[str, dict[str, Any]]:
    """Return the terms of one vocabulary by code, in the order of the file.

    Raise `FileNotFoundError` when there is no such vocabulary, `ValueError` when a code is there
    twice.
    """
    text = files("contrechamp").joinpath("vocabulary", f"{name}.yaml").read_text("utf-8")
    rows: list[dict[str, Any]] = yaml.safe_load(text)
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row["code"] in found:
            raise ValueError(f"{name}.yaml: the code {row['code']} is there twice")
        found[row["code"]] = row
    return found


def label(name: str, code: str, form: str = "label") -> str:
    """Return a term's label in the reader's language; the code itself when it is unknown."""
    term = terms(name).get(code)
    if term is None or form not in term:
        return code
    labels: dict[str, str] = term[form]
    language = (get_language() or "fr")[:2]
    return labels[language] if language != "fr" and labels.get(language) else _set(labels["fr"])


@cache
def _set(text: str) -> str:
    return french(text)
