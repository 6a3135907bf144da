"""Keeping the index true: note what changed, bring the index up to date, make it again."""

from __future__ import annotations

import fcntl
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import IO

from django.conf import settings
from django.utils import translation

from contrechamp.search.engines import Engine
from contrechamp.search.models import Dirty
from contrechamp.search.queries import engine, hydrate, placed, public_entries
from contrechamp.search.signals import too_much

BATCH = 500
REBUILD_BATCH, EXAMPLES = 2_000, 500
PATIENCE_S = 0.5
"""So long whoever must not wait does wait for the index to be tidied up behind a change."""

REST_S = 60.0
"""So long a large observatory without index is taken for large without reading it."""
_found_large: dict[Path, float] = {}
"""When the observatory of a folder was found to be large."""

Progress = Callable[[int], None]


def note(refs: Iterable[str]) -> None:
    """Remember that these changed for visitors. Call it in the transaction that changes them."""
    Dirty.objects.bulk_create((Dirty(ref=ref) for ref in dict.fromkeys(refs)), batch_size=BATCH)


def refresh(*, most: int | None = None, wait: bool = False) -> bool:
    """Bring the index up to date; answer whether nothing is left to do.

    One process writes at a time. When another one does, this returns at once (unless it is to
    wait): that one looks again before it stops. What waits is hidden from every search meanwhile.
    With `most`, somebody waits for an answer: a large index is not made anew meanwhile, and is
    tidied up behind the answer.
    """
    while Dirty.objects.exists() or not engine().exists():
        with _writing(wait=wait) as is_ours:
            if not is_ours:
                return False
            # A new site, another version, or somebody removed it.
            if not engine().exists() and not _is_small(most):
                return False
            done = _drain(engine(), most)
        if most is not None and done >= most:
            return not Dirty.objects.exists()
    return True


def _is_small(most: int | None) -> bool:
    """Make the index of a small observatory; of a large one tell that it is to be made, and answer
    no. It is not read to its limit again for each who posts or searches while they wait for it.
    """
    data = settings.CONTRECHAMP.data
    if most is not None and monotonic() - _found_large.get(data, -math.inf) < REST_S:
        return False
    if _rebuild(lambda done: None, most=most) is not None:
        return True
    _found_large[data] = monotonic()
    too_much.send(Dirty)
    return False


def rebuild(progress: Progress = lambda done: None) -> int:
    """Make the whole index again beside the old one, then search in it; return its size."""
    with _writing(wait=True):
        return _rebuild(progress) or 0


def _rebuild(progress: Progress, *, most: int | None = None) -> int | None:
    """Make the index again and return its size; None, and nothing made, if it has too much."""
    last = Dirty.objects.order_by("-id").values_list("id", flat=True).first() or 0
    total = 0
    entries = public_entries()
    batch = list(islice(entries, REBUILD_BATCH))
    if most is not None and len(batch) == REBUILD_BATCH:
        return None
    fresh = engine().fresh(entry.text for entry in public_entries(EXAMPLES))
    while batch:
        fresh.put(placed(batch))
        total += len(batch)
        progress(total)
        batch = list(islice(entries, REBUILD_BATCH))
    fresh.commit()
    engine().adopt(fresh)
    _found_large.pop(settings.CONTRECHAMP.data, None)
    # What changed before we read it is in. What changed since waits, and is drained next.
    Dirty.objects.filter(id__lte=last).delete()
    _drain(engine(), None)
    return total


def _drain(index: Engine, most: int | None) -> int:
    """Index what waits, in the order it came; return how many rows were done."""
    done = 0
    size = BATCH if most is None else min(BATCH, most)
    while rows := list(Dirty.objects.order_by("id").values_list("id", "ref")[:size]):
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
    lock = (data / "search.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        lock.close()
        yield False
        return
    try:
        with translation.override("fr"):
            yield True
    except BaseException:
        engine().give_up()
        raise
    finally:
        if engine().settle(patience=PATIENCE_S):
            lock.close()
        else:
            Thread(target=_give_back, args=(engine(), lock), daemon=True).start()


def _give_back(index: Engine, lock: IO[str]) -> None:
    """Let others write as soon as the index is tidied up."""
    with lock:
        index.settle()
