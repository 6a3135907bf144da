"""What makes a passphrase hard to guess.

Length is what counts, as the ANSSI and NIST SP 800-63B have it; no sign or digit is asked for,
and none expires.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from contrechamp.kernel.errors import Refused, gettext_noop

LENGTH = 16
WORDS = 5
LONGEST = 1000
"""A longer one would only keep the machine busy."""
DISTINCT = 6
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
    "01234567890",
    "09876543210",
)
KNOWN = {
    "correcthorsebatterystaple",
    "ilfautcultivernotrejardin",
    "leschaussettesdelarchiduchesse",
    "liberteegalitefraternite",
    "maitrecorbeausurunarbreperche",
    "monmotdepasseestsecret",
    "motdepassemotdepasse",
    "passwordpassword",
    "phrasedepassephrasedepasse",
    "toutestperduforslhonneur",
    "tobeornottobethatisthequestion",
    "unpourtoustouspourun",
}


class Weak(Refused):
    """A passphrase that a machine would guess."""


def check_passphrase(passphrase: str, *, name: str = "") -> None:
    """Raise `Weak` unless the passphrase is hard to guess."""
    words = passphrase.split()
    if len(passphrase) > LONGEST:
        raise Weak(gettext_noop("Une phrase de passe a au plus {most} signes."), most=LONGEST)
    if len(passphrase) < LENGTH and len(set(words)) < WORDS:
        raise Weak(
            gettext_noop(
                "Cette phrase de passe est trop courte : il faut au moins {length} signes, ou "
                "{words} mots. Une phrase inventée par vous est facile à retenir."
            ),
            length=LENGTH,
            words=WORDS,
        )
    letters = _letters(passphrase)
    rest = letters.replace(_letters(name), "") if name else letters
    if len(set(rest)) < DISTINCT or _is_a_row(rest):
        raise Weak(
            gettext_noop(
                "Cette phrase de passe se devine : elle répète les mêmes signes, suit le clavier "
                "ou reprend le nom du compte."
            )
        )
    if letters in KNOWN:
        raise Weak(
            gettext_noop("Cette phrase de passe est connue de tous. Inventez-en une à vous.")
        )


def _letters(text: str) -> str:
    """Return letters and digits alone, without accents or case."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def _is_a_row(letters: str) -> bool:
    """Answer whether nearly every sign follows the one before on a keyboard or in the alphabet."""
    steps = {pair for row in ROWS for pair in pairwise(row)}
    pairs = list(pairwise(letters))
    return bool(pairs) and sum(pair in steps for pair in pairs) >= 0.8 * len(pairs)
