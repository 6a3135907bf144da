"""What we say to the fediverse: actors, notes, collections, in the shapes of ActivityStreams 2.0.

Outbound only: a territory, a technology or a board can be followed; nobody writes here from
outside. All is public, and all is made from what visitors can read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from contrechamp.kernel.errors import Refused, gettext_noop

STREAMS = "https://www.w3.org/ns/activitystreams"
SECURITY = "https://w3id.org/security/v1"
ACTOR_WORDS = [
    STREAMS,
    SECURITY,
    {"manuallyApprovesFollowers": "as:manuallyApprovesFollowers"},
]
NOTE_WORDS = [STREAMS, {"Hashtag": "as:Hashtag"}]
"""Contexts with the words that Mastodon added, said as it says them."""
PUBLIC = f"{STREAMS}#Public"
TYPE = "application/activity+json"
LD_TYPE = f'application/ld+json; profile="{STREAMS}"'
JRD_TYPE = "application/jrd+json"
AT_ONCE = 20
"""Entries of one page of an outbox."""
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")

Json = dict[str, Any]


class BadActivity(Refused):
    """A message to an inbox that says nothing that we understand."""

    status = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Something here that can be followed. `root` is the site, without a last slash."""

    root: str
    name: str
    """As in `@saint-etienne@host`."""
    title: str
    about: str
    page: str

    @property
    def id(self) -> str:
        """Return its identifier, which is its address."""
        return f"{self.root}/federation/{self.name}"

    @property
    def key_id(self) -> str:
        """Return the identifier of its key."""
        return f"{self.id}#main-key"

    @property
    def inbox(self) -> str:
        """Return where one asks to follow it."""
        return f"{self.id}/inbox"

    @property
    def followers(self) -> str:
        """Return the address of the collection of those who follow it."""
        return f"{self.id}/followers"

    @property
    def outbox(self) -> str:
        """Return the address of the collection of what it says."""
        return f"{self.id}/outbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One public thing that an actor says: a post, an act of the watch."""

    key: str
    """Names it for ever under the actor: `m-thr-…-12`, `acte-act-…`."""
    url: str
    html: str
    published: datetime
    updated: datetime
    tags: tuple[str, ...] = ()


def webfinger(actor: Actor, host: str) -> Json:
    """Return the answer to `/.well-known/webfinger` (RFC 7033)."""
    return {
        "subject": f"acct:{actor.name}@{host}",
        "aliases": [actor.id],
        "links": [
            {"rel": "self", "type": TYPE, "href": actor.id},
            {
                "rel": "http://webfinger.net/rel/profile-page",
                "type": "text/html",
                "href": actor.page,
            },
        ],
    }


def read_resource(resource: str, host: str) -> str:
    """Return the name that a webfinger question asks for; empty when it is of another host."""
    name, at, where = resource.removeprefix("acct:").lower().removeprefix("@").rpartition("@")
    return name if at and where == host.lower() and NAME.fullmatch(name) else ""


def actor(one: Actor, public_pem: str) -> Json:
    """Return an actor as a service: no person stands behind it."""
    return {
        "@context": ACTOR_WORDS,
        "id": one.id,
        "type": "Service",
        "preferredUsername": one.name,
        "name": one.title,
        "summary": one.about,
        "url": one.page,
        "inbox": one.inbox,
        "outbox": one.outbox,
        "followers": one.followers,
        "manuallyApprovesFollowers": False,
        "publicKey": {"id": one.key_id, "owner": one.id, "publicKeyPem": public_pem},
    }


def note(one: Actor, said: Note) -> Json:
    """Return a note, as it stands alone."""
    return {"@context": NOTE_WORDS, **_note(one, said)}


def note_id(one: Actor, key: str) -> str:
    """Return the identifier of a note."""
    return f"{one.id}/notes/{key}"


def _note(one: Actor, said: Note) -> Json:
    plain: Json = {
        "id": note_id(one, said.key),
        "type": "Note",
        "attributedTo": one.id,
        "content": said.html,
        "url": said.url,
        "published": _moment(said.published),
        "to": [PUBLIC],
        "cc": [one.followers],
    }
    if said.updated > said.published:
        plain["updated"] = _moment(said.updated)
    if said.tags:
        plain["tag"] = [{"type": "Hashtag", "name": f"#{tag}"} for tag in said.tags]
    return plain


def create(one: Actor, said: Note) -> Json:
    """Return the activity by which a note first goes out."""
    return _activity(one, "Create", f"{note_id(one, said.key)}/create", _note(one, said))


def update(one: Actor, said: Note) -> Json:
    """Return the activity by which a changed note replaces what was sent."""
    stamp = int(said.updated.timestamp())
    return _activity(one, "Update", f"{note_id(one, said.key)}/update-{stamp}", _note(one, said))


def delete(one: Actor, key: str) -> Json:
    """Return the activity by which a note disappears elsewhere: its place stays, as a tombstone."""
    return _activity(one, "Delete", f"{note_id(one, key)}/delete", tombstone(one, key))


def tombstone(one: Actor, key: str) -> Json:
    """Return what stands where a note was."""
    return {"id": note_id(one, key), "type": "Tombstone"}


def accept(one: Actor, follow: Mapping[str, Any]) -> Json:
    """Return the answer to who asked to follow."""
    return {
        "@context": STREAMS,
        "id": f"{one.id}/accepted/{hash_of(str(follow['id']))}",
        "type": "Accept",
        "actor": one.id,
        "object": {key: follow[key] for key in ("id", "type", "actor", "object")},
    }


def hash_of(text: str) -> int:
    """Return a number that stands for a text in an address."""
    return int(sha256(text.encode()).hexdigest()[:12], 16)


def _activity(one: Actor, kind: str, number: str, what: Json) -> Json:
    said: Json = {
        "@context": NOTE_WORDS,
        "id": number,
        "type": kind,
        "actor": one.id,
        "to": [PUBLIC],
        "cc": [one.followers],
        "object": what,
    }
    if "published" in what:
        said["published"] = what.get("updated") or what["published"]
    return said


def count(one: Actor, address: str, total: int) -> Json:
    """Return a collection of which the number alone is told: who follows is nobody's business."""
    return {
        "@context": STREAMS,
        "id": address,
        "type": "OrderedCollection",
        "totalItems": total,
        "attributedTo": one.id,
    }


def outbox(one: Actor, total: int) -> Json:
    """Return the head of what an actor said."""
    return {**count(one, one.outbox, total), "first": f"{one.outbox}?page=1"}


def outbox_page(one: Actor, page: int, notes: Sequence[Note], *, has_more: bool) -> Json:
    """Return one page of what an actor said, the newest first."""
    said: Json = {
        "@context": NOTE_WORDS,
        "id": f"{one.outbox}?page={page}",
        "type": "OrderedCollectionPage",
        "partOf": one.outbox,
        "orderedItems": [_bare(create(one, each)) for each in notes],
    }
    if has_more:
        said["next"] = f"{one.outbox}?page={page + 1}"
    if page > 1:
        said["prev"] = f"{one.outbox}?page={page - 1}"
    return said


def _bare(said: Json) -> Json:
    return {key: value for key, value in said.items() if key != "@context"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody outside asks: to follow, or not any more. The rest is ignored."""

    kind: str
    """FOLLOW, UNDO or OTHER."""
    actor: str
    follow: Json
    """The Follow: of an Undo, the one that is undone."""


def read_activity(said: object, one: Actor) -> Asked:
    """Return what a message to an inbox asks; refuse what is no activity, or is for another."""
    if not isinstance(said, dict) or not isinstance(said.get("type"), str):
        raise BadActivity(gettext_noop("Ce message n'est pas une activité."))
    who = _id(said.get("actor"))
    if not who or not _id(said):
        raise BadActivity(gettext_noop("Cette activité ne dit pas de qui elle est."))
    if said["type"] == "Follow":
        if _id(said.get("object")) != one.id:
            raise BadActivity(gettext_noop("Cette demande est pour quelqu'un d'autre."))
        return Asked(kind="FOLLOW", actor=who, follow=_follow(said))
    undone = said.get("object")
    if said["type"] == "Undo" and isinstance(undone, dict) and undone.get("type") == "Follow":
        if _id(undone.get("actor")) != who or _id(undone.get("object")) != one.id:
            raise BadActivity(gettext_noop("On n'annule que ce que l'on a demandé."))
        return Asked(kind="UNDO", actor=who, follow=_follow(undone))
    return Asked(kind="OTHER", actor=who, follow={})


def _follow(said: Mapping[str, Any]) -> Json:
    return {
        "id": _id(said),
        "type": "Follow",
        "actor": _id(said.get("actor")),
        "object": _id(said.get("object")),
    }


def _id(what: object) -> str:
    found = what.get("id") if isinstance(what, dict) else what
    return found if isinstance(found, str) and len(found) <= 500 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """Somebody elsewhere, as their server describes them."""

    id: str
    inbox: str
    shared_inbox: str
    key_id: str
    public_pem: str


def read_remote(said: object, *, expected: str) -> Remote:
    """Read the description of an actor; refuse one that is not who it was asked for."""
    plain = said if isinstance(said, dict) else {}
    key = plain.get("publicKey")
    key = key[0] if isinstance(key, list) and key else key
    key = key if isinstance(key, dict) else {}
    endpoints = plain.get("endpoints")
    shared = endpoints.get("sharedInbox") if isinstance(endpoints, dict) else ""
    found = Remote(
        id=_id(plain),
        inbox=_id(plain.get("inbox")),
        shared_inbox=_id(shared),
        key_id=_id(key),
        public_pem=key["publicKeyPem"] if isinstance(key.get("publicKeyPem"), str) else "",
    )
    if found.id != expected or not found.inbox or not found.public_pem:
        raise BadActivity(gettext_noop("Ce compte n'est pas décrit comme il doit l'être."))
    if key.get("owner") not in (None, found.id):
        raise BadActivity(gettext_noop("La clé est de quelqu'un d'autre."))
    return found


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
