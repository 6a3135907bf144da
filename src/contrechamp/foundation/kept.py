"""What is dear to make and the same for all, kept in memory until what it is made of changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Kept(Generic[Made]):
    """So many things by name, each with the word of the edition it was made from. Thread-safe.

    An empty word says that the edition is not known: then nothing is kept.
    """

    def __init__(self, most: int = 64) -> None:
        self._most = most
        self._things: OrderedDict[str, tuple[str, Made]] = OrderedDict()
        self._lock = Lock()

    def get(self, name: str, word: str, make: Callable[[], Made]) -> Made:
        """Return the thing of that name, made anew when the word is another."""
        with self._lock:
            known = self._things.get(name)
            if word and known and known[0] == word:
                self._things.move_to_end(name)
                return known[1]
        made = make()  # Outside of the lock: two may make it at once, and both are right.
        if word:
            with self._lock:
                self._things[name] = (word, made)
                self._things.move_to_end(name)
                while len(self._things) > self._most:
                    self._things.popitem(last=False)
        return made
