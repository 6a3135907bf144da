"""A contract as a register states it, whatever the register's format."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A buyer or supplier as stated; `number` as typed, `kind` what the register calls it."""

    number: str | None = None
    kind: str | None = None
    name: str | None = None
    role: str | None = None
    postal_code: str | None = None
    is_person: bool = False
    """True when the register itself says that the supplier is a natural person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A change of a contract: what it changes, and when it was notified."""

    object: str | None = None
    notified: str | None = None
    published: str | None = None
    amount: str | Decimal | float | None = None
    duration: str | float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One contract, notice or lot of one, values as typed.

    `object` is the text that says what is bought (title, description), `lots` the names of its
    parts where the register does not give each a record of its own.
    """

    position: int
    id: str | None = None
    uid: str | None = None
    platform: str | None = None
    decision: str = "award"
    nature: str | None = None
    object: str = ""
    title: str | None = None
    lots: tuple[str, ...] = ()
    cpv: str | None = None
    other_cpvs: tuple[str, ...] = ()
    buyer: Party = field(default_factory=Party)
    suppliers: tuple[Party, ...] = ()
    place_code: str | None = None
    place_kind: str | None = None
    place_name: str | None = None
    amount: str | Decimal | float | None = None
    amount_kind: str = "awarded"
    tax: str | None = None
    currency: str | None = "EUR"
    duration: str | float | None = None
    notified: str | None = None
    published: str | None = None
    group: str | None = None
    follows: str | None = None
    """The notice that this one follows: an award's call, a change's original."""
    amendments: tuple[Amendment, ...] = ()
    withheld: tuple[str, ...] = ()
    """Warnings about fields that the buyer keeps back, with the date of their release."""
    parts: tuple[Record, ...] = ()
    """The lots of a notice as records of their own; `own` of each is the text of the lot alone."""
    own: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRecord:
    """A record that could not be read, and why."""

    position: int | None
    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date as it could be read: None with a warning when there is no such day."""

    value: date | None = None
    is_bad: bool = False
