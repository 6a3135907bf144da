"""Keeping the index true: note what changed, bring the index up to date, make it again."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.utils import translation

from contrechamp.search.engines import Engine
from contrechamp.search.models import Dirty
from contrechamp.search.queries import engine, hydrate, placed, public_entries

BATCH = 500
REBUILD_BATCH = 2_000

Progress = Callable[[int], None]


def note(refs: Iterable[str]) -> None:
    """Remember that these changed for visitors. Call it in the transaction that changes them."""
    Dirty.objects.bulk_create((Dirty(ref=ref) for ref in dict.fromkeys(refs)), batch_size=BATCH)


def refresh(*, most: int | None = None, wait: bool = False) -> bool:
    """Bring the index up to date; answer whether nothing is left to do.

    One process writes at a time. When another one does, this returns at once (unless it is to
    wait): that one looks again before it stops. What waits is hidden from every search meanwhile.
    """
    while Dirty.objects.exists() or not engine().exists():
        with _writing(wait=wait) as is_ours:
            if not is_ours:
                return False
            if not engine().exists():  # A new site, another version, or somebody removed it.
                _rebuild(lambda done: None)
            done = _drain(engine(), most)
        if most is not None and done >= most:
            return not Dirty.objects.exists()
    return True


def rebuild(progress: Progress = lambda done: None) -> int:
    """Make the whole index again beside the old one, then search in it; return its size."""
    with _writing(wait=True):
        return _rebuild(progress)


def _rebuild(progress: Progress) -> int:
    fresh = engine().fresh()
    last = Dirty.objects.order_by("-id").values_list("id", flat=True).first() or 0
    total = 0
    entries = public_entries()
    while batch := list(islice(entries, REBUILD_BATCH)):
        fresh.put(placed(batch))
        total += len(batch)
        progress(total)
    fresh.commit()
    engine().adopt(fresh)
    # What changed before we read it is in. What changed since waits, and is drained next.
    Dirty.objects.filter(id__lte=last).delete()
    _drain(engine(), None)
    return total


def _drain(index: Engine, most: int | None) -> int:
    """Index what waits, in the order it came; return how many rows were done."""
    done = 0
    while rows := list(Dirty.objects.order_by("id").values_list("id", "ref")[:BATCH]):
        _index(index, list(dict.fromkeys(ref for _, ref in rows)))
        # Not "up to the last id": a transaction that began earlier may commit its rows later.
        Dirty.objects.filter(id__in=[number for number, _ in rows]).delete()
        done += len(rows)
        if most is not None and done >= most:
            break
    return done


def _index(index: Engine, refs: Sequence[str]) -> None:
    entries = hydrate(refs)
    index.forget(ref for ref in refs if ref not in entries)
    index.put(placed(entries.values()))
    index.commit()


@contextmanager
def _writing(*, wait: bool) -> Iterator[bool]:
    """Hold the right to write. The system gives it back when the process dies, however it dies.

    What rooms say of their things is indexed in French, whoever's act it is.
    """
    data: Path = settings.CONTRECHAMP.data
    data.mkdir(parents=True, exist_ok=True)
    with (data / "search.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        with translation.override("fr"):
            yield True
