"""Records and facts as threads are about them: those that visitors read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from contrechamp.census import published
from contrechamp.forum.domain.filing import Tags
from contrechamp.forum.domain.proposing import Proposing
from contrechamp.forum.domain.subjects import SubjectCard, SubjectKind, after
from contrechamp.kernel.errors import gettext_noop

KINDS = (
    ("project", gettext_noop("projet"), 10),
    ("actor", gettext_noop("acteur"), 11),
    ("contract", gettext_noop("contrat"), 12),
    ("technology", gettext_noop("technique"), 13),
)


def _cards(keys: Sequence[str]) -> Mapping[str, SubjectCard]:
    found = published.find_records(keys)
    return {key: SubjectCard(title=one.name, url=one.url) for key, one in found.items()}


def _fact_cards(keys: Sequence[str]) -> Mapping[str, SubjectCard]:
    found = published.find_facts(keys)
    return {
        key: SubjectCard(title=f"{fact.subject.name} — {fact.label}", url=fact.url)
        for key, fact in found.items()
    }


def _records(user: Any) -> Any:
    return published.record_rows()


def _facts(user: Any) -> Any:
    return published.fact_rows()


def _places(key: str) -> Sequence[str]:
    return published.places_of([key]).get(key, ())


def _technologies(key: str) -> Sequence[str]:
    return published.technologies_of([key]).get(key, ())


def _names(keys: Sequence[str]) -> Mapping[str, str]:
    return {key: one.name for key, one in published.find_records(keys).items()}


def _propose(ref: str, kind: str, key: str) -> str:
    """Return the form of a new fact; about the record that the thread is about, if it is one."""
    asked = {"sujet": key} if kind in {code for code, _, _ in KINDS} else {}
    return f"{reverse('census:claim-new')}?{urlencode({**asked, 'message': ref})}"


SUBJECTS = (
    Proposing(address=_propose),
    *(
        SubjectKind(
            kind=kind,
            label=label,
            cards=_cards,
            visible=_records,
            key="entity",
            places=_places,
            technologies=_technologies,
            named=after("census:entity:"),
            order=order,
        )
        for kind, label, order in KINDS
    ),
    SubjectKind(
        kind="claim",
        label=gettext_noop("fait"),
        cards=_fact_cards,
        visible=_facts,
        key="claim",
        named=after("census:fact:"),
        order=14,
    ),
    Tags(kind="technology", label=gettext_noop("technique"), names=_names),
)
