"""A request as the letters know it: who asks, whom, for what, under which reference."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from contrechamp.directory import queries as directory
from contrechamp.foi.domain.editing import blocks_of
from contrechamp.foi.domain.following import Exchange
from contrechamp.foi.domain.letter import LetterFacts, compose
from contrechamp.foi.domain.paper import Addressee, Letter
from contrechamp.foi.domain.requester import Channel, Kind, Requester
from contrechamp.foi.models import Item, Request
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.mail import queries as mail

if TYPE_CHECKING:
    from collections.abc import Mapping

WANTED = (Item.Outcome.ASKED, Item.Outcome.MASKED, Item.Outcome.REFUSED)
"""What later letters still ask for."""
CHANNELS = {
    Request.Channel.EMAIL: Channel.EMAIL,
    Request.Channel.ONLINE_SERVICE: Channel.SERVICE,
    Request.Channel.POST: Channel.POST,
    Request.Channel.HAND: Channel.POST,
}
FIELDS = (
    "name",
    "first_name",
    "address",
    "email",
    "number",
    "form",
    "representative",
    "capacity",
)


def identity_of(kind: str, fields: Mapping[str, object]) -> Requester:
    """Return an identity as the rules see it."""
    return Requester(
        kind=Kind(kind), **{name: str(fields.get(name) or "") for name in ("name", *FIELDS[1:])}
    )


def requester_of(request: Request) -> Requester:
    """Return who asks: as on the day of sending once it has left."""
    if request.identity:
        return identity_of(str(request.identity.get("kind", Kind.PERSON)), request.identity)
    if request.requester is None:
        return Requester(kind=Kind.PERSON, name="")
    return identity_of(request.requester.kind, request.requester.identity)


def channel_of(request: Request) -> Channel:
    """Return how a request goes out, as the letters say it."""
    return CHANNELS[Request.Channel(request.channel)]


def addressee_of(request: Request) -> Addressee:
    """Return whom the letter goes to: a function, never a person."""
    if request.body is None:
        raise Refused(gettext_noop("Choisissez l'administration à qui demander."))
    choice = directory.address_for(request.body.pk)
    way = choice.address
    post = next((each for each in directory.ways_of(request.body.pk) if each.kind == "POST"), None)
    return Addressee(
        name=request.body.name,
        service="Personne responsable de l'accès aux documents administratifs"
        if way is not None and way.kind == "PRADA"
        else "",
        address=post.value if post and not post.is_superseded else "",
        email=way.value if way is not None and way.is_mail and not way.is_personal else "",
    )


def letter_of(request: Request, *, day: date, is_draft: bool = False) -> Letter:
    """Return the request as a letter, in its author's own words where there are some.

    Raise `Refused` when no body is chosen.
    """
    letter = composed(request, day=day, is_draft=is_draft)
    if not request.text:
        return letter
    return replace(letter, blocks=blocks_of(request.text, letter.items))


def composed(request: Request, *, day: date, is_draft: bool = False) -> Letter:
    """Return the request as a letter of our own words. Raise `Refused` when no body is chosen."""
    return compose(
        LetterFacts(
            requester=requester_of(request),
            body=addressee_of(request),
            items=tuple(item.wording for item in request.items.order_by("position")),
            about=request.title,
            reference=request.pk,
            day=day,
            reply_to=mail.reply_address(request.pk),
            channel=channel_of(request),
            is_draft=is_draft,
        )
    )


def exchange_of(request: Request, *, day: date, is_draft: bool = False) -> Exchange:
    """Return what later letters know of a request that has left; `Refused` when it has not."""
    if request.sent_on is None:
        raise Refused(gettext_noop("La demande n'est pas partie : il n'y a rien à rappeler."))
    items = request.items.order_by("position")
    wanted = [item.wording for item in items if item.outcome in WANTED]
    return Exchange(
        requester=requester_of(request),
        body=addressee_of(request),
        about=request.title,
        reference=request.pk,
        items=tuple(wanted or [item.wording for item in items]),
        asked_on=request.sent_on,
        day=day,
        reply_to=mail.reply_address(request.pk),
        is_draft=is_draft,
    )
