"""Time the dump of a forum of 100,000 made-up posts, and reading it back.

    CONTRECHAMP_DATA=/tmp/bench-forum-dump python -m bench.forum_dump [COUNT]

Prints seconds and peak memory beside their targets (30 s, 200 MB; `forum.md` §13). A second dump
must have the same bytes. Load is told without a target: it is done once.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

COUNT, PER_THREAD, AT_ONCE = 100_000, 40, 2000
DUMP_S, MEMORY_MB = 30, 200
NOW = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = ("caméra", "mairie", "vote", "marché", "drone", "place", "rue", "budget", "acte", "préfet")


def fill(count: int) -> None:
    """Write threads and posts as the tables hold them."""
    from contrechamp.forum.models import Board, Post, Thread

    board, _ = Board.objects.get_or_create(slug="bench", defaults={"title": "Bench"})
    dice = random.Random(7)
    done = Post.objects.count()
    while done < count:
        threads = Thread.objects.bulk_create(
            Thread(
                board=board,
                title=f"Fil {done + n}",
                created_at=NOW,
                published_count=PER_THREAD,
                last_n=PER_THREAD,
                last_post_at=NOW,
            )
            for n in range(AT_ONCE // PER_THREAD)
        )
        posts = []
        for thread in threads:
            for n in range(1, PER_THREAD + 1):
                text = " ".join(dice.choices(WORDS, k=80))
                at = NOW + timedelta(minutes=done + n)
                posts.append(
                    Post(
                        thread=thread,
                        n=n,
                        author_label=f"membre{dice.randrange(900)}",
                        state="PUBLISHED",
                        source=text,
                        html=f"<p>{text}</p>",
                        created_at=at,
                        published_at=at,
                        changed_at=at,
                    )
                )
        Post.objects.bulk_create(posts)
        done += len(posts)


def peak_mb() -> int:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Fill, dump twice, print."""
    from contrechamp.cli.starting import start_django

    start_django()
    from django.conf import settings
    from django.core.management import call_command

    settings.CONTRECHAMP.data.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    from contrechamp.forum.services import dumping

    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    fill(count)
    before = peak_mb()
    with tempfile.TemporaryDirectory() as folder:
        start = perf_counter()
        first = dumping.dump(Path(folder) / "one")
        took = perf_counter() - start
        again = dumping.dump(Path(folder) / "two")
    print(f"posts            {count}")
    print(f"dump             {took:.1f} s    (target {DUMP_S} s)")
    print(f"memory           {peak_mb()} MB, {before} before    (target {MEMORY_MB} MB)")
    print(f"same bytes again {first == again}")


if __name__ == "__main__":
    main()
