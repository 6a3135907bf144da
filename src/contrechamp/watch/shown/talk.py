"""Acts as threads are about them: those that two people have read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contrechamp.forum.domain.subjects import SubjectCard, SubjectKind, after
from contrechamp.kernel.errors import gettext_noop
from contrechamp.watch import published


def _cards(keys: Sequence[str]) -> Mapping[str, SubjectCard]:
    return {
        act.slug: SubjectCard(title=act.title, url=act.url) for act in published.acts_called(keys)
    }


def _visible(user: Any) -> Any:
    return published.open_rows()


def _places(key: str) -> Sequence[str]:
    act = published.find_act(key)
    return tuple(act.territories) if act else ()


def _named(refs: Sequence[str]) -> Sequence[str]:
    """Return the addresses of acts: threads are about these, refs name the rows."""
    return published.slugs_of(list(_ids(refs)))


_ids = after("watch:act:")
SUBJECT = SubjectKind(
    kind="act",
    label=gettext_noop("acte"),
    cards=_cards,
    visible=_visible,
    key="slug",
    places=_places,
    named=_named,
    order=35,
)
