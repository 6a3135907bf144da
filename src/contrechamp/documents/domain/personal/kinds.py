"""Kinds of personal data, and a passage that holds some."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a passage may be. A contract: scripts and the tables hold these words."""

    SOCIAL_SECURITY = "social_security"
    IBAN = "iban"
    BANK_CARD = "bank_card"
    TELEPHONE = "telephone"
    EMAIL = "email"
    BIRTH = "birth"
    ADDRESS = "address"
    PLATE = "plate"
    RIO = "rio"
    PERSON = "person"
    UNREAD_PAGE = "unread_page"
    """A page without text: nothing could be looked for."""
    SIGNATURE = "signature"
    STAMP = "stamp"
    HANDWRITING = "handwriting"
    FACE = "face"
    OTHER = "other"


BY_HAND = (Kind.SIGNATURE, Kind.STAMP, Kind.HANDWRITING, Kind.FACE, Kind.PERSON, Kind.OTHER)
"""What a person points at."""

REASONS: dict[str, str] = {
    Kind.SIGNATURE: "signature",
    Kind.STAMP: "signature",
    Kind.HANDWRITING: "signature",
    Kind.RIO: "agent_identity",
    Kind.TELEPHONE: "contact",
    Kind.EMAIL: "contact",
    Kind.ADDRESS: "contact",
    Kind.UNREAD_PAGE: "other",
    Kind.OTHER: "other",
}
"""Codes of the reasons of redactions; every other kind is `private_person`."""


class Passage(NamedTuple):
    """A stretch of a page's text, by offsets."""

    start: int
    end: int
    kind: str
