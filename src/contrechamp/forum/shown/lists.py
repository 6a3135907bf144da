"""Threads as lists show them, with what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contrechamp.forum.domain.filing import Tags
from contrechamp.forum.domain.subjects import SubjectCard
from contrechamp.forum.models import Thread, ThreadTag
from contrechamp.forum.queries.subjects import cards, label_of
from contrechamp.foundation.plug import offered


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thread of a list."""

    thread: Thread
    kind: str = ""
    card: SubjectCard | None = None
    tags: tuple[tuple[str, str], ...] = ()
    """Label and address of each."""
    unread: int = 0
    """Posts since the last one that was read, for who wants that remembered."""

    @property
    def first_unread(self) -> int:
        """The number of the first of them."""
        return self.thread.last_n - self.unread + 1


def lines(threads: Sequence[Thread], *, unread: dict[str, int] | None = None) -> list[Line]:
    """Return threads ready for a list: one query for each kind of subject and of tag."""
    found = cards((thread.subject_kind, thread.subject_id) for thread in threads)
    named = tag_names([tag for thread in threads for tag in thread.tags.all()])
    read = unread or {}
    return [
        Line(
            thread=thread,
            kind=label_of(thread.subject_kind) if thread.subject_kind else "",
            card=found.get((thread.subject_kind, thread.subject_id)),
            tags=tags_of(thread, named),
            unread=max(0, thread.last_n - read[thread.pk]) if thread.pk in read else 0,
        )
        for thread in threads
    ]


def tag_names(tags: Sequence[ThreadTag]) -> dict[tuple[str, str], str]:
    """Return what tags are called, in the language of the page."""
    wanted: dict[str, set[str]] = {}
    for tag in tags:
        wanted.setdefault(tag.kind, set()).add(tag.key)
    return {
        (offer.kind, key): name
        for offer in offered(Tags)
        if offer.kind in wanted
        for key, name in offer.names(sorted(wanted[offer.kind])).items()
    }


def tags_of(thread: Thread, named: dict[tuple[str, str], str]) -> tuple[tuple[str, str], ...]:
    """Return the tags of a thread: label, and where threads under it are listed."""
    return tuple(
        (named.get((tag.kind, tag.key), tag.key), f"?{PARAMETER[tag.kind]}={tag.key}")
        for tag in thread.tags.all()
        # What a thread is about stands beside its title: not twice.
        if (tag.kind, tag.key) != (thread.subject_kind, thread.subject_id)
    )


PARAMETER = {"place": "lieu", "technology": "technique"}
