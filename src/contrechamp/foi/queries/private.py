"""What of a request is nobody's business: addresses, tokens, and names of people, as words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrechamp.directory import queries as directory
from contrechamp.foi.domain.leaking import lines_of_address, names_of
from contrechamp.foi.domain.secrecy import words_of
from contrechamp.foi.models import Request
from contrechamp.mail import queries as mail
from contrechamp.mail.domain.address import address_of, subject_tag, token_of

from .letters import requester_of

if TYPE_CHECKING:
    from contrechamp.foi.domain.requester import Requester


@dataclass(frozen=True, slots=True)
class Private:
    """What is known to be private of one request."""

    names: tuple[str, ...]
    """Of people: whoever wrote for the body, and a person who asks or signs for an association."""
    places: tuple[str, ...]
    """Addresses, electronic and postal, and the tokens of ours."""

    @property
    def words(self) -> tuple[str, ...]:
        """Return all of it, to be searched for."""
        return (*self.names, *self.places)


def private_of(request: Request) -> Private:
    """Return what of a request must reach nobody else."""
    asks = requester_of(request)
    return Private(
        names=tuple(dict.fromkeys(filter(None, [*_people(asks), *_agents(request)]))),
        places=tuple(dict.fromkeys(filter(None, [*_places(asks), *_ways(request)]))),
    )


def _people(asks: Requester) -> Iterator[str]:
    yield asks.representative
    if asks.first_name:
        yield f"{asks.first_name} {asks.name}"
        yield f"{asks.name} {asks.first_name}"


def _agents(request: Request) -> Iterator[str]:
    """Yield the names of those who wrote, but for what is a name of the body itself."""
    body = set(words_of(request.body.name)) if request.body else set()
    for row in mail.messages_of(request.pk):
        if not set(words_of(row.from_name)) <= body:
            yield row.from_name
        yield from names_of(row.from_address)
    if request.body_id:
        for way in directory.ways_of(request.body_id):
            if way.is_personal:
                yield from names_of(way.value)


def _places(asks: Requester) -> Iterator[str]:
    yield asks.email
    yield from lines_of_address(asks.address)


def _ways(request: Request) -> Iterator[str]:
    for secret in mail.secrets():
        yield token_of(request.pk, secret=secret)
        yield address_of(request.pk, secret=secret, domain=mail.domain())
        yield subject_tag(request.pk, secret=secret)
    yield from ([request.address] if "@" in request.address else lines_of_address(request.address))
    for row in mail.messages_of(request.pk):
        yield row.from_address
    for way in directory.ways_of(request.body_id) if request.body_id else ():
        yield from ([way.value] if "@" in way.value else lines_of_address(way.value))
