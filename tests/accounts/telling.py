"""A room that tells people of things, for tests: things with readers, that can be hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from contrechamp.accounts.domain.notices import (
    Answerable,
    Card,
    Frequency,
    NoticeKind,
    Scope,
    Watchable,
)
from contrechamp.accounts.models import NoticeSettings, User
from contrechamp.accounts.services import notices
from contrechamp.foundation import plug
from contrechamp.kernel.errors import Refused

KIND = "test-post"


@dataclass(slots=True)
class Room:
    """What is said in a room, and from whom it is hidden."""

    texts: dict[str, str] = field(default_factory=dict)
    """Of `ab12/3`, the text of the third post of thread ab12."""
    hidden: set[str] = field(default_factory=set)
    """Posts that nobody reads."""
    closed_to: set[tuple[int, str]] = field(default_factory=set)
    """Accounts and posts that they may not read."""
    answers: list[tuple[str, str, str]] = field(default_factory=list)
    """Who answered where, and what."""
    asked: int = 0
    refuses: str = ""

    def render(self, ids: Sequence[str], user: User) -> Mapping[str, Card]:
        self.asked += 1
        return {id: self._card(id) for id in ids if self.may_read(id, user)}

    def may_read(self, id: str, user: User) -> bool:
        return id in self.texts and id not in self.hidden and (user.pk, id) not in self.closed_to

    def _card(self, id: str) -> Card:
        thread = id.partition("/")[0]
        return Card(
            text=f"marianne a écrit {id}",
            url=f"/t/{id}",
            group=f"forum:thread:{thread}",
            title=f"Fil {thread}",
            group_url=f"/t/{thread}",
            body=self.texts[id],
            can_reply=True,
        )

    def titles(self, keys: Sequence[str], user: Any) -> Mapping[str, tuple[str, str]]:
        threads = {id.partition("/")[0] for id in self.texts}
        return {key: (f"Fil {key}", f"/t/{key}") for key in keys if key in threads}

    def answer(self, user: User, key: str, text: str, now: datetime) -> str:
        if self.refuses:
            raise Refused(self.refuses)
        self.answers.append((user.username, key, text))
        return f"/t/{key}/9"

    def post(
        self, id: str, users: Sequence[User], now: datetime, text: str = "Un texte secret."
    ) -> None:
        self.texts[id] = text
        about = f"forum:thread:{id.partition('/')[0]}"
        ids = [user.pk for user in users]
        notices.tell(ids, KIND, "post", id, about=about, now=now)

    def offers(self) -> tuple[object, ...]:
        return (
            NoticeKind(kind=KIND, label="Message", render=self.render),
            Watchable(scope=Scope.THREAD, label="Discussion", titles=self.titles),
            Answerable(prefix="forum:thread:", answer=self.answer),
        )


@contextmanager
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """Yield a room whose offers stand beside those of the house, in place of the forum's."""
    room = Room()
    kinds = (NoticeKind, Watchable, Answerable)
    there = tuple(offer for offer in plug._offers() if not isinstance(offer, kinds))
    with monkeypatch.context() as changed:
        changed.setattr(plug, "_offers", lambda: (*room.offers(), *there))
        yield room


def wants(
    user: User,
    frequency: Frequency = Frequency.NOW,
    detail: str = "title",
    *,
    email: str = "",
) -> User:
    """Let somebody want mail."""
    user.email = email or f"{user.username}@courriel.example"
    user.save(update_fields=["email"])
    NoticeSettings.objects.update_or_create(
        user=user, defaults={"frequency": frequency, "detail": detail}
    )
    return user
