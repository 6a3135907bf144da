"""The public text of a message: no address, no direct number, no name of an agent."""

from __future__ import annotations

from collections.abc import Iterable


def public_text(text: str, *, names: Iterable[str] = ()) -> str:
    """Return the text with e-mail addresses, telephone numbers and agents' names replaced.

    Names are those of signatures, of "Dossier suivi par …", after "Madame" and "Monsieur", and
    those given (pass `Message.sender_name` and the names of known agents).
    """
    raise NotImplementedError
