"""Fill a folder with a large forum: quickly, once, and from where it was left.

    python -m bench.forum_fill FOLDER [--posts 1000000] [--without-search]

One thread of 20,000 posts, a tenth of them removed; the others in threads of 40 over all boards, a
few about one commune; 500 members who watch one thread, one with notices to read. Nothing of it is
true. Posts are written as rows: through the verbs a million would take a day.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import Model

POSTS, LONG, PER_THREAD, MEMBERS, NOTICES = 1_000_000, 20_000, 40, 500, 2_000
AT_ONCE = 20_000
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
LONG_THREAD, WATCHED_THREAD = "thr-longlonglo", "thr-watchwatch"
SUBJECT = ("place", "commune:06088")
# fmt: off
WORDS = (
    "caméra", "mairie", "vote", "marché", "drone", "place", "rue", "budget", "acte", "préfet",
    "conseil", "délibération", "logiciel", "analyse", "vidéo", "nuit", "école", "tram", "station",
    "police", "municipale", "contrat", "avenant", "réponse", "demande", "refus", "cada",
    "tribunal", "recours", "affiche", "panneau", "lecture", "plaque", "carte", "parking",
    "entrée", "sortie", "quartier",
)
# fmt: on


def main() -> None:
    """Fill, and say how long it took."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--posts", type=int, default=POSTS)
    asked.add_argument("--without-search", action="store_true")
    given = asked.parse_args()
    start(given.folder)
    fill(given.posts)
    if not given.without_search:
        index()


def start(folder: Path, **more: str) -> None:
    """Start the house on a folder, with its tables."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ |= {"CONTRECHAMP_DATA": str(folder), **more}
    from contrechamp.cli.starting import start_django

    start_django()
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0, run_syncdb=bool(settings.MIGRATION_MODULES))
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        call_command("collectstatic", interactive=False, verbosity=0)
    if not settings.KEY_FILE.exists():
        settings.KEY_FILE.write_text(settings.SECRET_KEY)


def fill(posts: int) -> None:
    """Write what is not there yet, up to so many posts."""
    from contrechamp.forum.models import Post, Thread
    from contrechamp.forum.services.boards import make_first_boards

    began = monotonic()
    make_first_boards()
    members = _members()
    if not Thread.objects.filter(pk=LONG_THREAD).exists():
        _write(_thread(LONG_THREAD, "Le fil le plus long", min(LONG, posts), 0, members))
    if not Thread.objects.filter(pk=WATCHED_THREAD).exists():
        _write(_thread(WATCHED_THREAD, "Un fil que beaucoup suivent", 3, 1, members))
        _watch(members)
    done = Post.objects.count()
    while done < posts:
        first = Thread.objects.count()
        count = min(AT_ONCE, posts - done + PER_THREAD - 1) // PER_THREAD
        many = (
            _thread(f"thr-{n:010}", f"Fil numéro {n}", PER_THREAD, n, members)
            for n in range(first, first + count)
        )
        _write(*(each for each in many))
        done += count * PER_THREAD
        print(f"\r{done:,} posts, {monotonic() - began:.0f} s", end="", flush=True)
    print()


def index() -> None:
    """Make the search index, unless it is there."""
    from contrechamp.search import services
    from contrechamp.search.queries import engine

    if not engine().exists():
        began = monotonic()
        count = services.rebuild()
        print(f"{count:,} entries in the index, {monotonic() - began:.0f} s")


def text_of(dice: random.Random, count: int = 30) -> str:
    """Return a sentence that says nothing."""
    return " ".join(dice.choices(WORDS, k=count)).capitalize() + "."


def insert(model: type[Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows that name what differs from a new row; all of one call name the same."""
    from django.db import connection

    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    blank = model()
    fields = [
        each
        for each in model._meta.concrete_fields
        if each.attname in first or not each.primary_key or each.get_internal_type() == "CharField"
    ]
    prepared = {
        each.attname: each.get_db_prep_save(getattr(blank, each.attname), connection)
        for each in fields
        if each.attname not in first
    }
    quoted = ", ".join(connection.ops.quote_name(str(each.column)) for each in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    adapt = connection.ops.adapt_datetimefield_value

    def values(row: Mapping[str, Any]) -> tuple[Any, ...]:
        full = {**prepared, **row}
        found = (full[each.attname] for each in fields)
        return tuple(adapt(one) if isinstance(one, datetime) else one for one in found)

    with connection.cursor() as cursor:
        sql = f"INSERT INTO {table} ({quoted}) VALUES ({marks})"
        cursor.executemany(sql, [values(first)])
        while part := [values(row) for row in islice(rows, AT_ONCE)]:
            cursor.executemany(sql, part)


def _members() -> list[int]:
    from contrechamp.accounts.models import User

    names = [f"banc{n}" for n in range(MEMBERS)]
    if not User.objects.filter(username=names[-1]).exists():
        User.objects.bulk_create(
            User(username=name, folded=name, email=f"{name}@courriel.example") for name in names
        )
    rows = User.objects.filter(username__in=names).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _thread(key: str, title: str, posts: int, number: int, members: list[int]) -> dict[str, Any]:
    dice = random.Random(key)
    at = BEGAN + timedelta(minutes=number % 400_000)
    return {
        "key": key,
        "title": title,
        "number": number,
        "at": at,
        "subject": SUBJECT if number % 5_000 == 7 else ("", ""),
        "posts": [
            {
                "thread_id": key,
                "n": n,
                "author_id": dice.choice(members),
                "state": "REMOVED" if key == LONG_THREAD and n % 10 == 0 else "PUBLISHED",
                "source": (text := text_of(dice)),
                "html": f"<p>{text}</p>\n",
                "html_version": 1,
                "created_at": (moment := at + timedelta(seconds=n)),
                "published_at": moment,
                "changed_at": moment,
                "event_params": "{}",
            }
            for n in range(1, posts + 1)
        ],
    }


def _write(*threads: dict[str, Any]) -> None:
    from django.db import transaction

    from contrechamp.forum.models import Board, Post, Thread, ThreadTag

    boards = list(Board.objects.order_by("pk").values_list("pk", flat=True))
    with transaction.atomic():
        insert(
            Thread,
            (
                {
                    "id": each["key"],
                    "board_id": boards[each["number"] % len(boards)],
                    "title": each["title"],
                    "subject_kind": each["subject"][0],
                    "subject_id": each["subject"][1],
                    "author_id": each["posts"][0]["author_id"],
                    "created_at": each["at"],
                    "last_n": len(each["posts"]),
                    "published_count": sum(one["state"] == "PUBLISHED" for one in each["posts"]),
                    "last_post_at": each["posts"][-1]["published_at"],
                }
                for each in threads
            ),
        )
        tags = ({"thread_id": each["key"], "kind": "place", "key": SUBJECT[1]} for each in threads)
        insert(ThreadTag, (tag for number, tag in enumerate(tags) if number % 50 == 0))
        insert(Post, _posts(threads))


def _posts(threads: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for each in threads:
        yield from each["posts"]


def _watch(members: list[int]) -> None:
    """Let all watch one thread; give the first something to read."""
    from contrechamp.accounts.models import Notice, Subscription, User

    Subscription.objects.bulk_create(
        Subscription(
            user_id=user, scope="thread", key=WATCHED_THREAD, level="watch", since=BEGAN.date()
        )
        for user in members
    )
    Notice.objects.bulk_create(
        Notice(
            user_id=members[0],
            kind="forum-post",
            object_kind="forum-post",
            object_id=f"{LONG_THREAD}/{n + 1}",
            about=f"forum:thread:{LONG_THREAD}",
            created_at=BEGAN + timedelta(seconds=n),
        )
        for n in range(NOTICES)
    )
    User.objects.filter(pk=members[0]).update(unread_notices=NOTICES)


if __name__ == "__main__":
    main()
