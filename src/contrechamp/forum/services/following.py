"""Search follows what decides who may read a thread: the thing that it is about, and its board.

A post is public as long as both are. When either changes, its posts are told of as changed in the
same transaction: search shows and counts none that may not be read, and finds again those that
may.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet

from contrechamp.forum.domain.states import State
from contrechamp.forum.models import Board, Post
from contrechamp.forum.queries.subjects import kinds
from contrechamp.foundation.signals import public_changed
from contrechamp.kernel.errors import Refused, gettext_noop

if TYPE_CHECKING:
    from django.db.models import Model

OURS = "forum:"
AT_ONCE = 500


def on_public_changed(sender: type[Model] | None, refs: Sequence[str] = (), **_: object) -> None:
    """Tell of the posts about things of which visitors now get something else."""
    others = [ref for ref in refs if not ref.startswith(OURS)]
    for kind, offer in kinds().items() if others else ():
        for keys in _parts(offer.named(others)):
            _tell(Post.objects.filter(thread__subject_kind=kind, thread__subject_id__in=keys))


@transaction.atomic
def open_board(slug: str, *, members_only: bool) -> Board:
    """Let everybody read a board, or members alone. Again changes nothing."""
    board = Board.objects.select_for_update().filter(slug=slug).first()
    if board is None:
        raise Refused(gettext_noop("Aucun salon ne s'appelle {slug}."), slug=slug)
    if board.members_only != members_only:
        board.members_only = members_only
        board.save(update_fields=["members_only"])
        _tell(Post.objects.filter(thread__board=board))
    return board


def _tell(posts: QuerySet[Post]) -> None:
    """Say that what visitors get of some posts has changed."""
    rows = posts.filter(state=State.PUBLISHED).order_by("thread_id", "n")
    for part in _parts(f"{OURS}post:{key}/{n}" for key, n in rows.values_list("thread_id", "n")):
        public_changed.send(Post, refs=part)


def _parts(texts: Iterable[str]) -> Iterable[list[str]]:
    found = list(dict.fromkeys(texts))
    return (found[start : start + AT_ONCE] for start in range(0, len(found), AT_ONCE))
