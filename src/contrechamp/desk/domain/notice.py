"""The daily notice: one size on every day, so that mail tells nobody when something arrived."""

from __future__ import annotations

from collections.abc import Callable

LENGTH = 8192
"""Bytes of the whole mail, headers included, with CRLF."""
INNER = 1024
"""Bytes of the sentence before it is sealed."""
WIDTH = 72
NEWS, NO_NEWS = "à relever : oui", "à relever : non"
BOUNDARY = "-----FIN-----"

HEADERS = (
    "From: {sender}\r\nTo: {recipient}\r\nSubject: Avis quotidien\r\n"
    "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n"
)


def sentence(has_news: bool) -> bytes:
    """Return what is sealed: always of the same length."""
    return (NEWS if has_news else NO_NEWS).encode().ljust(INNER)


def compose(sender: str, recipient: str, has_news: bool, seal: Callable[[bytes], str]) -> bytes:
    """Return the mail, exactly `LENGTH` bytes. `seal` returns ASCII armour.

    Raises ValueError when the addresses and the armour leave no room: then nothing is sent.
    """
    head = HEADERS.format(sender=sender, recipient=recipient).encode("ascii")
    armour = "\r\n".join(seal(sentence(has_news)).splitlines()).encode("ascii")
    body = head + armour + b"\r\n" + BOUNDARY.encode() + b"\r\n"
    return body + filler(LENGTH - len(body))


def filler(length: int) -> bytes:
    """Return lines of dots, CRLF included, of exactly this many bytes. Raises ValueError."""
    if length < 2 * (WIDTH + 2):
        raise ValueError("no room in the notice")
    line = b"-" * WIDTH + b"\r\n"
    full, rest = divmod(length, len(line))
    if rest < 2:  # A line is at least its own end: take one whole line back and share it out.
        full, rest = full - 1, rest + len(line)
        half = rest // 2
        return line * full + b"-" * (half - 2) + b"\r\n" + b"-" * (rest - half - 2) + b"\r\n"
    return line * full + b"-" * (rest - 2) + b"\r\n"
