"""How mail is put before an editor: tabs, a message with its quotations folded, a dialogue."""

from __future__ import annotations

from dataclasses import dataclass
from email import policy
from email.parser import BytesParser

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contrechamp.mail import queries, services
from contrechamp.mail.domain.message import Message, Span
from contrechamp.mail.models import Incoming, Outgoing

STATES = {
    "a-classer": ("TRAY", gettext_lazy("À classer")),
    "illisibles": ("UNREADABLE", gettext_lazy("Illisibles")),
    "classes": ("FILED", gettext_lazy("Classés")),
    "indesirables": ("SPAM", gettext_lazy("Indésirables")),
    "mis-de-cote": ("SET_ASIDE", gettext_lazy("Mis de côté")),
}
KINDS = {
    "HARD_BOUNCE": gettext_lazy("non remis"),
    "SOFT_BOUNCE": gettext_lazy("pas encore remis"),
    "DELIVERY_NOTICE": gettext_lazy("avis de remise"),
    "READ_RECEIPT": gettext_lazy("avis de lecture"),
    "AUTOMATIC": gettext_lazy("réponse automatique"),
    "ACKNOWLEDGEMENT": gettext_lazy("accusé de réception"),
    "PORTAL": gettext_lazy("fichiers à télécharger"),
    "CADA": gettext_lazy("CADA"),
    "HUMAN": gettext_lazy("lettre"),
    "SPAM": gettext_lazy("indésirable"),
}
WHY = {
    "address": gettext_lazy("l'adresse le nomme, sans le prouver"),
    "sender": gettext_lazy("l'expéditeur est une adresse connue de cet organisme"),
    "domain": gettext_lazy("le domaine de l'expéditeur est celui de cet organisme"),
    "subject": gettext_lazy("l'objet ressemble"),
    "date": gettext_lazy("les dates se suivent"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One state of messages, as `ui/segments.html` shows it."""

    url: str
    label: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of text; what is folded is opened by a click."""

    text: str
    fold: str


def tabs(slug: str) -> list[Tab]:
    """Return the states of messages, with how many are in each."""
    counts = queries.counts()
    return [
        Tab(
            url=f"?etat={each}",
            label=f"{label} ({counts.get(state, 0)})",
            is_current=each == slug,
        )
        for each, (state, label) in STATES.items()
    ]


def kind(incoming: Incoming) -> str:
    """Return in words what a message is."""
    return str(KINDS.get(incoming.kind, incoming.kind.lower()))


def stretches(message: Message | None) -> list[Stretch]:
    """Return the text of a message, quotations and signatures folded, nothing left out."""
    if message is None:
        return []
    folds = {Span.QUOTED: _("Texte cité"), Span.SIGNATURE: _("Signature")}
    found = [
        Stretch(text=message.text[each.start : each.end].strip("\n"), fold=folds.get(each.span, ""))
        for each in message.blocks
    ]
    return [each for each in found if each.text.strip()]


def problems(incoming: Incoming) -> list[str]:
    """Return what could not be opened, in the reader's language."""
    return [_(each["sentence"]).format(**each["values"]) for each in incoming.problems]


def authenticity(incoming: Incoming) -> list[tuple[str, str]]:
    """Return what our server found of the sender: name of the check, result."""
    found = incoming.authenticity
    signed = ", ".join(
        f"{each.get('result', '')} ({each.get('domain', '')})" for each in found.get("dkim", [])
    )
    rows = (
        ("SPF", found.get("spf", "")),
        ("DKIM", signed),
        ("DMARC", found.get("dmarc", "")),
        ("ARC", found.get("arc", "")),
    )
    return [(name, str(result)) for name, result in rows if result]


def letter_text(letter: Outgoing) -> str:
    """Return the text of a letter as its bytes hold it."""
    message = BytesParser(policy=policy.default).parsebytes(queries.raw_of(letter.sha256))
    body = message.get_body(("plain",))
    return str(body.get_content()) if body else ""


def whys(incoming: Incoming) -> list[dict[str, object]]:
    """Return the threads that a message may belong to, with the reason in words."""
    there = set(queries.threads_of(incoming))
    return [
        {"thread": each.thread, "why": WHY.get(each.why, each.why)}
        for each in queries.suggestions(incoming)
        if each.thread.key not in there
    ]


def message(incoming: Incoming) -> dict[str, object]:
    """Return all that the page of a message shows."""
    parsed = services.message_of(incoming)
    return {
        "incoming": incoming,
        "kind": kind(incoming),
        "stretches": stretches(parsed),
        "parts": incoming.parsed.get("parts", []),
        "problems": problems(incoming),
        "authenticity": authenticity(incoming),
        "forged": incoming.authenticity.get("forged", []),
        "threads": queries.titled(queries.threads_of(incoming)),
        "suggestions": whys(incoming),
        "to": [*incoming.parsed.get("to", []), *incoming.parsed.get("cc", [])],
    }
