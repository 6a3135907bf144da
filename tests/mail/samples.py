"""The messages of `tests/samples/mail`, each with what is expected of it in a file beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contrechamp.mail.domain.matching import Match, match
from contrechamp.mail.domain.message import Message, Span, read

FOLDER = Path(__file__).parents[1] / "samples" / "mail"
SETTING: dict[str, Any] = json.loads((FOLDER / "sent.json").read_text("utf-8"))
SECRET: str = SETTING["secret"]
DOMAIN: str = SETTING["domain"]
AUTHSERV: str = SETTING["authserv_id"]
CADA: list[str] = SETTING["cada_domains"]
SENT: dict[str, str] = SETTING["sent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One message as it came, and what is expected of it."""

    name: str
    raw: bytes
    about: str
    kind: str
    threads: list[str]
    by: str
    facts: dict[str, Any]


def samples() -> list[Sample]:
    """Return every sample, in the order of its name."""
    found = []
    for path in sorted(FOLDER.glob("*.eml")):
        told = json.loads(path.with_suffix(".json").read_text("utf-8"))
        found.append(
            Sample(
                name=path.stem,
                raw=path.read_bytes(),
                about=told["about"],
                kind=told["kind"],
                threads=told["match"]["threads"],
                by=told["match"]["by"],
                facts=told["facts"],
            )
        )
    return found


def read_sample(raw: bytes) -> Message:
    """Read as an instance would that is set up like the samples."""
    return read(raw, authserv_id=AUTHSERV, cada_domains=CADA)


def matched(message: Message) -> Match:
    """Match as that instance would."""
    return match(message, secrets=[SECRET], domain=DOMAIN, thread_of_message_id=SENT.get)


def facts_of(message: Message) -> dict[str, Any]:
    """Return all that the samples may state, in the words of their files."""
    receipt, notice, door = message.receipt, message.cada, message.portal
    report, checked = message.report, message.authenticity
    registered = (notice and notice.registered_on) or None
    return {
        "received_on": _day(receipt and receipt.received_on),
        "number": (receipt and receipt.number) or (notice and notice.number) or None,
        "implied_on": _day(receipt and receipt.implied_on),
        "names_remedies": receipt.names_remedies if receipt else None,
        "receipt": receipt is not None,
        "portal": door is not None,
        "links": list(door.links) if door else [],
        "expires_on": _day(door and door.expires_on),
        "step": notice.step if notice else None,
        "registered_on": _day(registered),
        "sense": notice.sense if notice else None,
        "session_on": _day(notice and notice.session_on),
        "members": list(notice.members) if notice else [],
        "reports": len(message.reports),
        "recipient": report.recipient if report else None,
        "status": report.status if report else None,
        "action": report.action if report else None,
        "original": report.original_message_id if report else None,
        "subject": message.subject,
        "text": message.text,
        "files": [[part.number, part.name, part.media_type] for part in message.parts],
        "inline": [part.number for part in message.parts if part.is_inline],
        "problems": len(message.problems),
        "spf": checked.spf,
        "dmarc": checked.dmarc,
        "arc": checked.arc,
        "dkim": [[one.result, one.domain, one.selector] for one in checked.dkim],
        "forged": len(checked.forged),
    }


def wrong_facts(sample: Sample, message: Message) -> list[str]:
    """Return what differs from the expected facts, a sentence each."""
    found, wrong = facts_of(message), []
    texts = {"fresh": message.fresh, "text": message.text}
    for name, expected in sample.facts.items():
        where, _, how = name.partition("_")
        if how in {"has", "lacks"}:
            held = [word for word in expected if (word in texts[where]) is not (how == "has")]
            wrong += [f"{name}: {word!r}" for word in held]
        elif found[name] != expected:
            wrong.append(f"{name}: {found[name]!r}, expected {expected!r}")
    if any(span.end < span.start for span in message.blocks):
        wrong.append("blocks")
    return wrong


def fresh_lines(message: Message) -> list[str]:
    """Return the lines that the sender wrote."""
    return message.spans(Span.FRESH).splitlines()


def _day(day: object) -> str | None:
    return str(day) if day else None
