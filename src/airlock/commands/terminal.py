"""What every command says and asks: results on stdout, everything for the eye on stderr."""

from __future__ import annotations

import json
import sys

from airlock.say import Refused, say


def tell(line: str) -> None:
    """Write a line of the result."""
    sys.stdout.write(line + "\n")


def tell_json(content: object) -> None:
    """Write the result as one JSON object, in ASCII: nothing in it can steer a terminal."""
    tell(json.dumps(content, ensure_ascii=True, sort_keys=True))


def remark(line: str) -> None:
    """Write a line for the eye."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def typed_text() -> str:
    """Return the text on stdin; raise Refused when there is none or it is not UTF-8."""
    try:
        text = sys.stdin.buffer.read().decode()
    except UnicodeDecodeError as error:
        raise Refused("Le texte n'est pas en UTF-8.") from error
    if not text.strip():
        raise Refused("Le texte est vide : donnez-le sur l'entrée standard.")
    return text


def agree(question: str, *, yes: bool) -> None:
    """Raise Refused unless a person types OUI (or YES), or agreed by an option."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise Refused("Il faut une personne pour répondre : lancez la commande dans un terminal.")
    remark(question)
    if sys.stdin.readline().strip() not in ("OUI", "YES"):
        raise Refused("Rien n'a été fait.")


def warn_of_keys(found: int, expected: int | None) -> bool:
    """Warn when a file opens for more or fewer keys than there are readers; tell whether so."""
    if expected is None or found == expected:
        return False
    remark(
        say(
            "ATTENTION (WARNING) : scellé pour {found} clés, {expected} attendues. "
            "Prévenez les autres lecteurs avant toute chose.",
            found=found,
            expected=expected,
        )
    )
    return True
