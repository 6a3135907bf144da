"""The talk of the demo: invented members who speak of the starter census, told step by step.

Each step goes through the verb that members and moderators use, on the day it is told of, so that
the demo shows what the rules make of it: who waits, what is hidden, how long moderation took. Told
once; a demo that has it is left alone, whatever visitors of it have written since.
"""

from __future__ import annotations

import json
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localtime

from contrechamp.accounts import services as accounts
from contrechamp.accounts.queries import find_account
from contrechamp.census.queries import find_by_key
from contrechamp.forum.queries.subjects import kinds
from contrechamp.forum.queries.threads import find_board
from contrechamp.forum.services import (
    appealing,
    arranging,
    drafting,
    events,
    flagging,
    importing,
    moderating,
    posting,
)

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.forum.models import Post

OLD_FORUM = "ancien-forum.invalid"
Step = Mapping[str, Any]


@transaction.atomic
def tell_talk(*, passphrase: str, now: datetime) -> int:
    """Open the members' accounts and tell their talk; return how many steps were told."""
    told = tomllib.loads(
        files("contrechamp").joinpath("starter", "talk.toml").read_text(encoding="utf-8")
    )
    if find_account(next(iter(told["people"]))) is not None:
        return 0
    teller = Teller(now)
    for name, person in told["people"].items():
        _open(name, person, passphrase, teller.at(person))
    _found_group(told["group"], told["meeting"], teller)
    _bring_old(told["old"], teller)
    steps = sorted(_each(told["step"]), key=lambda step: -step["ago"])
    for step in steps:
        teller.tell(step)
    return len(steps)


def _each(steps: list[Step]) -> Iterator[Step]:
    """Yield the steps; a notebook, in which some people write a line each in turn, line by line."""
    for step in steps:
        if step["do"] != "notes":
            yield step
            continue
        for index, line in enumerate(step["lines"]):
            name = step["by"][index % len(step["by"])]
            ago = step["ago"] - index * step["hours"] / 24
            yield {"do": "reply", "to": step["to"], "by": name, "text": line, "ago": ago}


def _open(name: str, person: Step, passphrase: str, at: datetime) -> None:
    signs_in = person.get("signs_in", False)  # To keep a passphrase takes long, as it must.
    user = accounts.open_account(name=name, passphrase=passphrase if signs_in else "", now=at)
    if person.get("is_new"):
        user.standing = user.Standing.QUEUED
        user.save(update_fields=["standing"])
    if person.get("moderates"):
        accounts.let_moderate(user, True, actor=None, now=at)


def _found_group(group: Step, meetings: list[Step], teller: Teller) -> None:
    """Found the group of the demo, with who is in it, who asks to be, and its calendar."""
    at, founder = teller.at(group), teller.person(group["founder"])
    made = accounts.make_group(
        actor=founder,
        now=at,
        name=group["name"],
        territory=group["territory"],
        text=group["text"].strip(),
    )
    for name in (*group["members"], group["asks"]):
        accounts.join_group(made, teller.person(name), now=at)
    for name in group["members"]:
        accounts.accept_member(made, teller.person(name), actor=founder, now=at)
    for each in meetings:
        day = localtime(teller.now) + timedelta(days=each["in"])
        starts = day.replace(hour=each["hour"], minute=30, second=0, microsecond=0)
        accounts.set_meeting(
            made,
            None,
            actor=founder,
            now=at,
            title=each["title"],
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            place=each["place"],
            text=each["text"],
        )


def _bring_old(topics: list[Step], teller: Teller) -> None:
    """Import a forum of other days from files as it would have saved them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        board = {"cid": 3, "name": "Archives du premier forum", "slug": "3/archives"}
        board["description"] = "Ce qui fut dit avant, sous les noms d'alors."
        (folder / "categories.json").write_text(json.dumps({"categories": [board]}))
        for topic in topics:
            (folder / f"topic-{topic['tid']}.json").write_text(json.dumps(_saved(topic, teller)))
        importing.import_forum("nodebb", folder, host=OLD_FORUM, now=teller.now)


def _saved(topic: Step, teller: Teller) -> dict[str, Any]:
    first = int(teller.at(topic).timestamp() * 1000)
    return {
        "tid": topic["tid"],
        "cid": 3,
        "titleRaw": topic["title"],
        "timestamp": first,
        "posts": [
            {
                "pid": topic["tid"] * 100 + index,
                "index": index,
                "timestamp": first + index * 7_200_000,
                "user": {"username": name},
                "content": html,
            }
            for index, (name, html) in enumerate(topic["said"])
        ],
    }


class Teller:
    """Knows on which day the demo is filled, and what was said in it so far."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.posts: dict[str, Post] = {}
        self.people: dict[str, User] = {}

    def at(self, step: Step) -> datetime:
        """Return when a step happened."""
        return self.now - timedelta(days=step["ago"])

    def person(self, name: str) -> User:
        """Return somebody as they are now: two approved posts change what one may do."""
        found = find_account(name)
        assert found is not None, name  # noqa: S101  the demo has opened it
        return found

    def tell(self, step: Step) -> None:
        """Do what a step says, with the verb that has its name."""
        getattr(self, f"_{step['do']}")(step)

    def _subject(self, text: str) -> str:
        """Return `kind:id` of what a thread is about, or nothing where the demo has it not.

        The file names a record by the key that an import gave it, an action by its code, and with
        `*` the first thing of its kind that all may read.
        """
        kind, _, key = text.partition(":")
        rows = kinds()[kind].visible(None)
        if rows is None:
            return text
        scheme, found_key, name = key.partition("#")
        if found_key:
            record = find_by_key(scheme, name, kind)
            rows = rows.filter(entity=record.pk) if record else rows.none()
        elif key != "*":
            rows = rows.filter(known_as=key)
        found = rows.order_by("pk").values_list(kinds()[kind].key, flat=True).first()
        return f"{kind}:{found}" if found else ""

    def _thread(self, step: Step) -> None:
        subject = self._subject(step["subject"]) if "subject" in step else ""
        self.posts[step["id"]] = posting.start_thread(
            actor=self.person(step["by"]),
            title=step["title"],
            source=step["text"].strip(),
            board=find_board(None, step.get("board", "general")) if not subject else None,
            subject=subject,
            tags=[(kind, key) for kind, key in step.get("tags", ())],
            now=self.at(step),
        )

    def _reply(self, step: Step) -> None:
        made = posting.reply(
            self.posts[step["to"]].thread,
            actor=self.person(step["by"]),
            source=step["text"].strip(),
            reply_to=step.get("answers"),
            insists=True,
            now=self.at(step),
        )
        self.posts[step.get("id", "")] = made

    def _approve(self, step: Step) -> None:
        moderating.approve(self._pk(step), actor=self.person(step["by"]), now=self.at(step))

    def _remove(self, step: Step) -> None:
        moderating.remove(
            self._pk(step),
            reason=step["reason"],
            text=step["text"],
            actor=self.person(step["by"]),
            now=self.at(step),
        )

    def _silence(self, step: Step) -> None:
        post = self.posts[step["of"]]
        assert post.author is not None  # noqa: S101  a member wrote it
        moderating.silence(
            post.author,
            hours=step["hours"],
            reason=step["reason"],
            text=step["text"],
            actor=self.person(step["by"]),
            now=self.at(step),
            post=post,
        )

    def _appeal(self, step: Step) -> None:
        action = self.posts[step["of"]].actions.order_by("-number").first()
        assert action is not None  # noqa: S101  it was decided in a step before
        appealing.appeal(action, step["text"], actor=self.person(step["by"]), now=self.at(step))

    def _decide(self, step: Step) -> None:
        action = self.posts[step["of"]].actions.filter(appeal__state="OPEN").get()
        appealing.decide(
            action.appeal.pk,
            grants=step["grants"],
            answer=step["text"],
            actor=self.person(step["by"]),
            now=self.at(step),
        )

    def _flag(self, step: Step) -> None:
        flagging.flag(
            self.posts[step["of"]],
            step["category"],
            step["text"],
            actor=self.person(step["by"]),
            now=self.at(step),
        )

    def _edit(self, step: Step) -> None:
        posting.edit(
            self.posts[step["of"]],
            actor=self.person(step["by"]),
            source=step["text"].strip(),
            reason=step["reason"],
            now=self.at(step),
        )

    def _withdraw(self, step: Step) -> None:
        posting.withdraw(self.posts[step["of"]], actor=self.person(step["by"]), now=self.at(step))

    def _pin(self, step: Step) -> None:
        thread = self.posts[step["of"]].thread
        arranging.pin(thread, True, actor=self.person(step["by"]))

    def _lock(self, step: Step) -> None:
        thread = self.posts[step["of"]].thread
        arranging.lock(thread, True, actor=self.person(step["by"]))

    def _event(self, step: Step) -> None:
        events.post(
            self._subject(step["subject"]),
            step["kind"],
            step.get("params", {}),
            step["key"],
            now=self.at(step),
        )

    def _draft(self, step: Step) -> None:
        drafting.keep_draft(
            self.person(step["by"]),
            f"thread:{self.posts[step['to']].thread_id}",
            source=step["text"],
            now=self.at(step),
        )

    def _pk(self, step: Step) -> int:
        return self.posts[step["of"]].pk
