"""Whether a text tells something private that is known: an address, a token, a person's name.

Compared word by word without accents, case or punctuation, so that `Jean.MARTIN@` and
`Jean Martin` are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .secrecy import words_of

SHORTEST = 6
"""Letters and digits of what is told apart from ordinary words."""


def told_in(text: str, secrets: Iterable[str]) -> tuple[str, ...]:
    """Return the secrets that a text tells, in the order given."""
    words = words_of(text)
    row, whole = f" {' '.join(words)} ", "".join(words)
    return tuple(each for each in secrets if _tells(row, whole, words_of(each)))


def _tells(row: str, whole: str, secret: list[str]) -> bool:
    letters = "".join(secret)
    if len(letters) < SHORTEST:
        return False
    if f" {' '.join(secret)} " in row:
        return True
    # Glued together or cut in two, as text drawn from a page may be: long secrets only.
    if len(letters) < 2 * SHORTEST:
        return False
    return re.search(rf"(?<!\d){letters}" if letters[0].isdigit() else letters, whole) is not None


def lines_of_address(address: str) -> tuple[str, ...]:
    """Return the lines of a postal address that lead to a door: those with a number."""
    lines = (line.strip() for line in re.split(r"[\r\n]+|,\s", address))
    return tuple(line for line in lines if re.search(r"\d", line) and re.search(r"[^\W\d]", line))


def names_of(address: str) -> tuple[str, ...]:
    """Return the person's name that a mailbox tells: `jean.martin@…` gives `jean martin`.

    A mailbox of an office (`mairie@…`, `contact.prada@…`) tells a name as well as far as one can
    see: what is left out too much harms nobody.
    """
    local = address.partition("@")[0]
    parts = [part for part in re.split(r"[._-]+", local) if part.isalpha() and len(part) > 1]
    return (" ".join(parts), " ".join(reversed(parts))) if len(parts) == 2 else ()
