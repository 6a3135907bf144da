"""What our own server found of a message's sender (RFC 8601): read from its header alone."""

from __future__ import annotations

import re

from .shapes import Authenticity, Signature

DEEPEST = 4
"""Comments within comments."""
_COMMENT = re.compile(r"\([^()]*\)")
_METHOD = re.compile(r"^([a-z0-9-]+)(?:\s*/\s*\d+)?\s*=\s*([a-z]+)\b", re.IGNORECASE)
_DOMAIN = re.compile(r"\bheader\.(?:d|i)\s*=\s*\"?@?([^\s;\"]+)", re.IGNORECASE)
_SELECTOR = re.compile(r"\bheader\.s\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)


def authenticity(headers: list[str], authserv_id: str) -> Authenticity:
    """Read the topmost Authentication-Results when our server wrote it.

    Anybody may write such a header into a message. Ours stands on top, under our name; another
    one lower, even under our name, came with the message.
    """
    if not headers:
        return Authenticity()
    top, *lower = headers
    name, _, results = top.partition(";")
    # A version may stand behind the name: "mx.example 1; spf=pass".
    told = (name.split() or [""])[0].strip('"').lower()
    if not authserv_id or told != authserv_id.lower():
        return Authenticity(forged=tuple(headers))
    found = [(match, part) for part in _parts(results) if (match := _METHOD.match(part))]
    first: dict[str, str] = {}
    for match, _ in found:
        first.setdefault(match[1].lower(), match[2].lower())
    signatures = [
        Signature(
            result=match[2].lower(), domain=_one(_DOMAIN, part), selector=_one(_SELECTOR, part)
        )
        for match, part in found
        if match[1].lower() == "dkim"
    ]
    return Authenticity(
        spf=first.get("spf", ""),
        dkim=tuple(signatures),
        dmarc=first.get("dmarc", ""),
        arc=first.get("arc", ""),
        header=top,
        forged=tuple(lower),
    )


def _parts(results: str) -> list[str]:
    """Cut at semicolons, comments removed: they may hold anything."""
    for _ in range(DEEPEST):
        results = _COMMENT.sub(" ", results)
    return [part.strip() for part in results.split(";")]


def _one(form: re.Pattern[str], part: str) -> str:
    found = form.search(part)
    return found[1].lower() if found else ""
