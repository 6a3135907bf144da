"""The sheet for a lawyer: who, what, when, by which article, with which file.

It states facts with their proofs and windows with their derivation; it gives no advice and says
so. Source: design/cases.md §5–§6.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .following import Exchange
from .paper import Block, Grid, Heading, Items, Letter, Paragraph
from .referral import FileLine, WindowLine, files_grid, identity_rows, pairs, window_blocks
from .requester import letterhead
from .wording import flowing, in_full, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A dated fact, and the file that proves it (its name; empty when none)."""

    day: date
    what: str
    proof: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """What is handed over. `open_points` are what remains to be proved or decided, in words."""

    exchange: Exchange
    state: str
    """The state of the request, in words."""
    events: tuple[Event, ...]
    windows: tuple[WindowLine, ...] = ()
    files: tuple[FileLine, ...] = ()
    reasons: tuple[str, ...] = ()
    """Reasons that were given for the refusal."""
    open_points: tuple[str, ...] = ()
    checked_by: str = ""
    """Who has read the sheet, as a member signs; empty while no one has."""


_WARNING = (
    "Cette fiche rassemble des faits et des dates calculées d'après les articles cités. Elle n'est "
    "pas un conseil juridique : vérifiez chaque texte et chaque date avant d'agir."
)
_NOTE = "Préparé avec Contrechamp. {checked}"


def handover(sheet: HandOver) -> Letter:
    """Return the sheet as a paper; it has no addressee and is not signed."""
    exchange = sheet.exchange
    checked = (
        say("Relu par {name}.", name=flowing(sheet.checked_by))
        if sheet.checked_by
        else (say("Non relu."))
    )
    return Letter(
        code="handover",
        title="Fiche de transmission à un avocat",
        sender=letterhead(exchange.requester, exchange.reply_to),
        addressee=(),
        place=flowing(exchange.place),
        day=exchange.day,
        subject=say(
            "Accès aux documents administratifs : {about} ({body})",
            about=flowing(exchange.about),
            body=flowing(exchange.body.name),
        ),
        reference=exchange.reference,
        blocks=tuple(_blocks(sheet)),
        signature=(),
        salutation="",
        banner=say(_WARNING),
        is_draft=exchange.is_draft or not sheet.checked_by,
        note=say(_NOTE, checked=checked),
    )


def _blocks(sheet: HandOver) -> Iterator[Block]:
    exchange = sheet.exchange
    yield Heading("Parties")
    yield pairs(
        (
            *identity_rows(exchange.requester, exchange.reply_to),
            ("Administration", flowing(exchange.body.name)),
            ("État", flowing(sheet.state)),
        )
    )
    yield Heading("Documents demandés")
    yield Items(tuple(flowing(each) for each in exchange.items))
    if sheet.reasons:
        yield Heading("Motifs opposés")
        yield Items(tuple(flowing(each) for each in sheet.reasons))
    yield Heading("Chronologie")
    yield Grid(
        ("Date", "Fait", "Preuve"),
        tuple(
            (in_full(each.day), flowing(each.what), each.proof or "—")
            for each in sorted(sheet.events, key=lambda each: each.day)
        ),
    )
    if sheet.windows:
        yield Heading("Délais")
        yield from window_blocks(sheet.windows)
    if sheet.open_points:
        yield Heading("À vérifier")
        yield from (Paragraph(flowing(each)) for each in sheet.open_points)
    if sheet.files:
        yield Heading("Pièces et empreintes")
        yield files_grid(sheet.files)
