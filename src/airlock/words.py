"""The 2,048 French words that codenames and passphrases are made of (the list of BIP-39).

From `mnemonic` only the list is used: its encoder starts at twelve words. The zipapp carries the
list beside this module, so that the readers' tool proposes passphrases without any package.
"""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cache
from importlib import resources

SHA256 = "a987d13c85916835e44001998f43aa71e1be667bd16fa868823ed7adbaf630ef"
FILE = "french.txt"


class WordsError(RuntimeError):
    """The list is missing, or is not the one this version was built for."""


def fold(text: str) -> str:
    """Return `text` without accents or capitals."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


@cache  # Public data: safe to keep in memory.
def french() -> tuple[str, ...]:
    """Return the words in their order, with accents composed; raise WordsError on another list."""
    shown = tuple(unicodedata.normalize("NFC", word) for word in _text().split())
    if hashlib.sha256("\n".join(shown).encode()).hexdigest() != SHA256:
        raise WordsError("la liste de mots n'est pas celle de cette version")
    return shown


@cache
def starts() -> dict[str, int]:
    """Return the place of each word by its first four folded letters, which no two share."""
    return {fold(word)[:4]: place for place, word in enumerate(french())}


def _text() -> str:
    carried = resources.files("airlock").joinpath(FILE)
    if carried.is_file():
        return carried.read_text("utf-8")
    try:
        return resources.files("mnemonic").joinpath("wordlist", FILE).read_text("utf-8")
    except (ModuleNotFoundError, FileNotFoundError) as error:
        raise WordsError("la liste de mots manque : installez le paquet mnemonic") from error
