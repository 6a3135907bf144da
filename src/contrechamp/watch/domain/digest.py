"""What a mail of an alert says: plain text, no picture, nothing that tells that it was read.

Mail is written in French: an alert has no language of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

PACES = {"daily": timedelta(days=1), "weekly": timedelta(days=7)}
MOST = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One act as a mail tells of it."""

    title: str
    url: str
    summary: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail, ready to be sent."""

    subject: str
    body: str
    headers: dict[str, str] = field(default_factory=dict)


def is_due(pace: str, told_until: datetime, now: datetime) -> bool:
    """Answer whether an alert is to be told again."""
    return now - told_until >= PACES[pace]


def digest(about: str, lines: Sequence[Line], *, end_url: str) -> Mail | None:
    """Return the mail that tells of acts; None when there is nothing to tell."""
    if not lines:
        return None
    count = f"{len(lines)} acte{'s' if len(lines) > 1 else ''}"
    parts = [f"{line.title}\n{line.summary}\n{line.url}" for line in lines[:MOST]]
    if len(lines) > MOST:
        parts.append(f"Et {len(lines) - MOST} de plus sur le site.")
    foot = f"--\nNe plus recevoir ces courriels, sans compte :\n{end_url}\n"
    return Mail(
        _one_line(f"{about} : {count}"),
        "\n\n".join([*parts, foot]),
        {
            "List-Unsubscribe": f"<{end_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def question(about: str, *, confirm_url: str, end_url: str) -> Mail:
    """Return the mail that asks whoever reads an address whether they want an alert."""
    body = (
        f"Quelqu'un a demandé que Contrechamp vous écrive quand paraît un acte : {about}.\n\n"
        f"Si c'est vous, confirmez :\n{confirm_url}\n\n"
        "Sinon, ne faites rien : rien d'autre ne vous sera envoyé.\n"
    )
    headers = {"List-Unsubscribe": f"<{end_url}>"}
    return Mail(_one_line(f"Confirmer l'alerte : {about}"), body, headers)


def _one_line(text: str) -> str:
    return " ".join(text.split())[:150]
