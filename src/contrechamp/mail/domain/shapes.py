"""What a message turns out to be, as frozen plain values: who, when, what it says, what it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from contrechamp.kernel.errors import Refused


class Unreadable(Refused):
    """Bytes that cannot be read as a message: they are kept, and a person looks."""


class Kind(StrEnum):
    """What a message is, as the machine proposes it."""

    HARD_BOUNCE = "HARD_BOUNCE"
    SOFT_BOUNCE = "SOFT_BOUNCE"
    """Not delivered yet, or a mailbox that is full: try again."""
    DELIVERY_NOTICE = "DELIVERY_NOTICE"
    READ_RECEIPT = "READ_RECEIPT"
    AUTOMATIC = "AUTOMATIC"
    ACKNOWLEDGEMENT = "ACKNOWLEDGEMENT"
    PORTAL = "PORTAL"
    """Something waits behind a link: a person fetches it before it expires."""
    CADA = "CADA"
    HUMAN = "HUMAN"
    SPAM = "SPAM"
    """Our own server marked it so, and nothing ties it to a thread: it is shown all the same."""


class Span(StrEnum):
    """What a stretch of text is."""

    FRESH = "FRESH"
    QUOTED = "QUOTED"
    SIGNATURE = "SIGNATURE"


class Step(StrEnum):
    """What the CADA tells."""

    COMPLETION_ASKED = "COMPLETION_ASKED"
    REGISTERED = "REGISTERED"
    SERIES_REGISTERED = "SERIES_REGISTERED"
    OPINION = "OPINION"
    OTHER = "OTHER"


class Sense(StrEnum):
    """The sense of an opinion of the CADA."""

    FAVOURABLE = "FAVOURABLE"
    PARTIAL = "PARTIAL"
    """Favourable with reserves, or for a part."""
    UNFAVOURABLE = "UNFAVOURABLE"
    WITHOUT_OBJECT = "WITHOUT_OBJECT"
    INADMISSIBLE = "INADMISSIBLE"
    NOT_COMPETENT = "NOT_COMPETENT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One stretch of `Message.text`: the blocks follow each other and cover all of it."""

    span: Span
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file that came with a message."""

    number: str
    """Its place in the message: `2`, `1.3`; in an archive or a wrapper one level deeper."""
    name: str
    """A file name without folder; made from the kind of content when the message gives none."""
    media_type: str
    content: bytes = field(repr=False)
    is_inline: bool = False
    """Shown inside the text, like a logo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What could not be opened or looks wrong: a sentence in French, its values apart."""

    sentence: str
    values: dict[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence.format(**self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What our server found of one DKIM signature."""

    result: str
    domain: str = ""
    selector: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authenticity:
    """What our own server found of the sender: `pass`, `fail`, `none` …; empty when it says not."""

    spf: str = ""
    dkim: tuple[Signature, ...] = ()
    dmarc: str = ""
    arc: str = ""
    header: str = ""
    """The header of our server, unfolded."""
    forged: tuple[str, ...] = ()
    """Headers of the same name from elsewhere: believed in nothing, kept for the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """What a mail server says of one recipient of ours."""

    recipient: str = ""
    status: str = ""
    """`5.1.1`, or empty."""
    action: str = ""
    """`failed`, `delayed`, `delivered`, `relayed`, `expanded`, or empty."""
    diagnostic: str = ""
    original_message_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """Facts that an authority's message states about our request: proposals, never decisions."""

    received_on: date | None = None
    number: str = ""
    implied_on: date | None = None
    """The day of the implied refusal, when it is written as a date."""
    names_remedies: bool | None = None
    """Names the CADA and its two months; None when a person must look (a letter is attached)."""
    quotes: tuple[str, ...] = ()
    """The words that each fact was read in, never from quoted text of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """Files that wait behind links."""

    links: tuple[str, ...] = ()
    expires_on: date | None = None
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cada:
    """What the CADA tells of a referral."""

    step: Step
    number: str = ""
    """`20250123`."""
    registered_on: date | None = None
    sense: Sense | None = None
    session_on: date | None = None
    members: tuple[str, ...] = ()
    """The bodies that a receipt of a series lists, one line each."""
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message, read. Message-IDs are without their angle brackets."""

    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    reported_ids: tuple[str, ...] = ()
    """Message-IDs inside attached reports and nested messages, and what these reply to."""
    subject: str = ""
    sender_name: str = ""
    sender_address: str = ""
    from_domain: str = ""
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    envelope_recipients: tuple[str, ...] = ()
    """Delivered-To, X-Original-To, Envelope-To and the `for` of Received."""
    sent_at: datetime | None = None
    """Aware, as the sender's clock says."""
    received_at: datetime | None = None
    """Aware, of the topmost Received: our server's clock."""
    text: str = field(default="", repr=False)
    blocks: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()
    authenticity: Authenticity = Authenticity()
    kind: Kind = Kind.HUMAN
    signs: tuple[str, ...] = ()
    """What decided the kind, as it is written in the message."""
    reports: tuple[DeliveryReport, ...] = ()
    receipt: Acknowledgement | None = None
    portal: Portal | None = None
    cada: Cada | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def report(self) -> DeliveryReport | None:
        """The report that decided the kind: the first failure, else the first."""
        failed = [one for one in self.reports if one.action == "failed"]
        return next(iter([*failed, *self.reports]), None)

    def spans(self, span: Span) -> str:
        """Return all text of that kind, one stretch per paragraph."""
        found = (self.text[one.start : one.end] for one in self.blocks if one.span is span)
        return "\n".join(part.strip("\n") for part in found)

    @property
    def fresh(self) -> str:
        """What the sender wrote for this message, without quotations and signature."""
        return self.spans(Span.FRESH)
