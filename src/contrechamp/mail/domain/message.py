"""Read a message: from the bytes that a server gave to plain values.

    read(raw, authserv_id="mx.reponses.example") -> Message

Nothing in it is fetched, run or written; what cannot be opened is said in `Message.problems`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from email.message import Message as Entity

from contrechamp.documents.domain.textual import clean
from contrechamp.kernel.errors import gettext_noop

from . import cada, kinds, portals, receipts, reports
from .attachments import Expanded, expanded, open_part, without_uuencode
from .authentication import authenticity
from .entities import Leaf, Tree, parsed, take_apart, text_of
from .headers import addresses, envelope, ids, moment, people, received_at, shown, value, values
from .markup import read_page
from .quoting import blocks_of
from .shapes import (
    Acknowledgement,
    Authenticity,
    Block,
    Cada,
    DeliveryReport,
    Kind,
    Message,
    Part,
    Portal,
    Problem,
    Sense,
    Signature,
    Span,
    Step,
    Unreadable,
)

__all__ = [
    "Acknowledgement", "Authenticity", "Block", "Cada", "DeliveryReport", "Kind", "Message",
    "Part", "Portal", "Problem", "Sense", "Signature", "Span", "Step", "Unreadable", "read",
]  # fmt: skip

CADA_DOMAINS = ("cada.fr",)
LARGEST = 150 << 20
"""Bytes of a message."""
LONGEST_TEXT = 1_000_000
LONGEST_LETTER = 60_000
"""Characters in which facts and signs are looked for."""
STUB = 400
"""A plain text that short and that speaks of HTML stands in for the real one."""

EMPTY = gettext_noop("Le message est vide : aucun octet n'est arrivé.")
TOO_LARGE = gettext_noop(
    "Le message pèse {size} Mo ; la limite est {limit} Mo. Il est gardé : ouvrez-le dans un "
    "logiciel de messagerie."
)
NO_MESSAGE = gettext_noop(
    "Ce n'est pas un message : aucun en-tête (From, Date, Subject…) ne s'y lit. Il est gardé."
)
BROKEN = gettext_noop(
    "Le message ne se laisse pas lire ({detail}). Il est gardé : ouvrez-le dans un logiciel de "
    "messagerie."
)
LONG = gettext_noop("Le texte dépasse {limit} caractères : la suite est dans le message d'origine.")
DOUBTFUL_CADA = gettext_noop(
    "L'expéditeur se présente comme la CADA, mais notre serveur n'a pas pu le vérifier "
    "(DMARC : {result})."
)
_KNOWN_HEADERS = (
    "from to cc subject date message-id received return-path delivered-to mime-version "
    "content-type sender reply-to envelope-to"
)
_KNOWN = frozenset(_KNOWN_HEADERS.split())


def read(
    raw: bytes, *, authserv_id: str = "", cada_domains: Collection[str] = CADA_DOMAINS
) -> Message:
    """Read the bytes of one message; raise `Unreadable` when they cannot be.

    `authserv_id` is the name under which our own server writes Authentication-Results; without
    it, none is believed. `cada_domains` are the domains that the CADA writes from.
    """
    if not raw.strip():
        raise Unreadable(EMPTY)
    if len(raw) > LARGEST:
        raise Unreadable(TOO_LARGE, size=len(raw) >> 20, limit=LARGEST >> 20)
    try:
        entity = parsed(raw)
        found = _read(entity, authserv_id, cada_domains) if _is_message(entity) else None
    # Foreign bytes find every hole of the parsers below; the message is kept and shown.
    except Exception as error:
        raise Unreadable(BROKEN, detail=type(error).__name__) from error
    if found is None:
        raise Unreadable(NO_MESSAGE)
    return found


def _is_message(entity: Entity) -> bool:
    """Answer whether there is any header that messages have."""
    return not _KNOWN.isdisjoint(name.lower() for name in entity)


@dataclass(slots=True)
class _Body:
    """The text of a message as it is gathered."""

    texts: list[str] = field(default_factory=list)
    hrefs: list[str] = field(default_factory=list)

    def add_page(self, source: str) -> None:
        text, links = read_page(source)
        self.texts.append(text)
        self.hrefs += links


def _read(entity: Entity, authserv_id: str, cada_domains: Collection[str]) -> Message:
    tree = take_apart(entity)
    files = expanded(tree.leaves)
    body = _body(tree.leaves, files)
    text = clean("\n\n".join(part for part in body.texts if part.strip())).strip("\n")
    text = text if text.strip() else clean(files.text).strip()
    problems = [*tree.problems, *files.problems]
    if len(text) > LONGEST_TEXT:
        problems.append(Problem(sentence=LONG, values={"limit": LONGEST_TEXT}))
        text = text[:LONGEST_TEXT]
    sender_name, sender = next(people(entity, "From"), ("", ""))
    sender = sender or next(iter(addresses(entity, "Sender", "Reply-To")), "")
    message = Message(
        message_id=next(iter(ids(entity, "Message-ID")), ""),
        in_reply_to=ids(entity, "In-Reply-To"),
        references=ids(entity, "References"),
        reported_ids=reports.reported_ids(tree.leaves),
        subject=shown(entity, "Subject"),
        sender_name=sender_name,
        sender_address=sender,
        from_domain=sender.rpartition("@")[2].lower().rstrip("."),
        to=addresses(entity, "To"),
        cc=addresses(entity, "Cc"),
        envelope_recipients=envelope(entity),
        sent_at=moment(value(entity, "Date")),
        received_at=received_at(entity),
        text=text,
        blocks=blocks_of(text),
        parts=tuple(files.parts),
        authenticity=authenticity(values(entity, "Authentication-Results"), authserv_id),
        problems=tuple(problems),
    )
    return _judged(message, entity, tree, tuple(body.hrefs), cada_domains)


def _body(leaves: list[Leaf], files: Expanded) -> _Body:
    """Gather the text: of alternatives the plain one, unless it says nothing."""
    body, done = _Body(), set[str]()
    own = [leaf for leaf in leaves if not leaf.is_attached]
    for leaf in own:
        if not leaf.alternative:
            _add(body, files, leaf)
        elif leaf.alternative not in done:
            done.add(leaf.alternative)
            _add_alternative(
                body, files, [one for one in own if one.alternative == leaf.alternative]
            )
    return body


def _add(body: _Body, files: Expanded, leaf: Leaf) -> None:
    text = text_of(leaf)
    if leaf.media_type == "text/html":
        body.add_page(text)
        return
    text, found = without_uuencode(text, leaf.number)
    body.texts.append(text)
    for part in found:
        files.parts.append(part)
        open_part(files, part)


def _add_alternative(body: _Body, files: Expanded, leaves: list[Leaf]) -> None:
    plain = [leaf for leaf in leaves if leaf.media_type == "text/plain"]
    pages = [leaf for leaf in leaves if leaf.media_type == "text/html"]
    told = "\n\n".join(text_of(leaf) for leaf in plain).strip()
    is_stub = not told or (len(told) < STUB and "html" in told.lower())
    if not (pages and is_stub):
        for leaf in plain:
            _add(body, files, leaf)
        for leaf in pages:  # Its links say more than its words.
            body.hrefs += read_page(text_of(leaf))[1]
        return
    for leaf in pages:
        _add(body, files, leaf)


def _judged(
    message: Message,
    entity: Entity,
    tree: Tree,
    hrefs: tuple[str, ...],
    cada_domains: Collection[str],
) -> Message:
    """Say what the message is: a report, a read receipt, or what somebody wrote."""
    told = _bounce(message, entity, tree) or _read_receipt(message, tree)
    return told or _answer(message, entity, hrefs, cada_domains)


def _bounce(message: Message, entity: Entity, tree: Tree) -> Message | None:
    top = "multipart/report" if entity.get_content_type() == "multipart/report" else ""
    found = reports.delivery_reports(tree.leaves, message.reported_ids) if top else ()
    signs = tuple(f"Status: {one.status} {one.action}".strip() for one in found)
    inner = message.reported_ids or reports.ids_in_words(message.text)
    if not found:
        sender = message.sender_address
        found, signs = reports.bounce_in_words(entity, sender, message.subject, message.text, inner)
    if not found:
        return None
    kind = reports.kind_of(found, message.text)
    return replace(message, kind=kind, signs=signs, reports=found, reported_ids=inner)


def _read_receipt(message: Message, tree: Tree) -> Message | None:
    signs = reports.read_receipt(tree.leaves, message.subject, message.text)
    return replace(message, kind=Kind.READ_RECEIPT, signs=signs) if signs else None


def _answer(
    message: Message, entity: Entity, hrefs: tuple[str, ...], cada_domains: Collection[str]
) -> Message:
    fresh = message.fresh[:LONGEST_LETTER]
    has_letter = kinds.is_letter(message.parts)
    facts = receipts.acknowledgement(fresh, has_letter=has_letter)
    strong, weak = kinds.robot_headers(entity)
    told = kinds.Evidence(
        subject=message.subject,
        fresh=fresh,
        facts=facts,
        strong=strong,
        weak=weak,
        has_files=has_letter,
    )
    kind, signs = kinds.kind_of_answer(told)
    if cada.is_from(message.from_domain, cada_domains) and kind is not Kind.AUTOMATIC:
        return _from_cada(message, fresh)
    found = portals.portal(fresh, hrefs) if kind is not Kind.AUTOMATIC else None
    if found:
        kind, signs = Kind.PORTAL, found.quotes
    elif spam := kinds.spam_sign(entity, bool(message.in_reply_to or message.references)):
        kind, signs = Kind.SPAM, spam
    if kind is Kind.AUTOMATIC or not (kind is Kind.ACKNOWLEDGEMENT or (facts and facts.quotes)):
        facts = None
    return replace(message, kind=kind, signs=signs, receipt=facts, portal=found)


def _from_cada(message: Message, fresh: str) -> Message:
    notice = cada.notice(fresh, message.subject)
    signs = notice.quotes or (f"From: {message.sender_address}",)
    problems = message.problems
    # Only a verdict of our own server against the sender; silence says nothing.
    if (result := message.authenticity.dmarc) and result != "pass":
        problems += (Problem(sentence=DOUBTFUL_CADA, values={"result": result}),)
    return replace(message, kind=Kind.CADA, signs=signs, cada=notice, problems=problems)
