"""The tree of a message: what is its text, what came with it, what was put inside."""

from __future__ import annotations

import binascii
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import Message as Entity

from contrechamp.kernel.errors import gettext_noop

from .charsets import decoded
from .headers import plain_name, value, values, words
from .shapes import Problem
from .smime import is_wrapper, signed_content

DEEPEST = 12
"""Levels of parts within parts."""
MOST_LEAVES = 400
POLICY = policy.compat32.clone(mangle_from_=False)

TOO_DEEP = gettext_noop(
    "La pièce {number} est emboîtée trop profondément : elle n'est pas ouverte."
)
TOO_MANY = gettext_noop("Le message a plus de {limit} pièces : les suivantes ne sont pas lues.")
SEALED = gettext_noop(
    "La pièce {number} est chiffrée ou scellée dans une forme que nous n'ouvrons pas : "
    "demandez à l'expéditeur de l'envoyer autrement."
)
CUT = gettext_noop("Le message est tronqué : une pièce n'est pas terminée.")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One part that has no parts."""

    number: str
    entity: Entity = field(repr=False)
    media_type: str
    name: str
    is_attached: bool
    is_inline: bool
    path: tuple[str, ...]
    """The media types of what holds it, outermost first."""
    alternative: str = ""
    """The number of the alternatives it is one of, or a piece of one."""


@dataclass(slots=True)
class Tree:
    """A message taken apart."""

    leaves: list[Leaf] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def parsed(raw: bytes) -> Entity:
    """Parse bytes as a message, whatever they are."""
    return message_from_bytes(raw, policy=POLICY)


def bare(entity: Entity) -> Entity:
    """Return an empty message with the same type and disposition, in clean text."""
    copy: Entity = Entity(policy=POLICY)
    for name in ("Content-Type", "Content-Disposition"):
        if line := value(entity, name):
            copy[name] = line
    return copy


def media_type_of(entity: Entity) -> str:
    """Return the media type in lower case: `text/plain` when none is given."""
    default = entity.get_default_type()
    copy = bare(entity)
    if "Content-Type" not in copy:
        return default
    return copy.get_content_type()


def parameter(entity: Entity, name: str) -> str:
    """Return a parameter of Content-Type, or nothing."""
    try:
        found = bare(entity).get_param(name)
    # The standard library stumbles over malformed parameters (RFC 2231).
    except Exception:  # noqa: BLE001
        return ""
    return str(found[2] if isinstance(found, tuple) else found or "")


def file_name(entity: Entity) -> str:
    """Return the name that a part gives to its file, decoded, without any folder; or nothing."""
    copy = bare(entity)
    try:
        name = copy.get_filename() or ""
    # As above.
    except Exception:  # noqa: BLE001
        name = ""
    return plain_name(words(str(name)))


def take_apart(message: Entity) -> Tree:
    """List the leaves of a message in reading order, numbered as IMAP does."""
    tree = Tree()
    if any(
        type(defect).__name__ in CUT_DEFECTS for part in _some(message) for defect in part.defects
    ):
        tree.problems.append(Problem(sentence=CUT))
    for found in _leaves(message, "", (), ""):
        if isinstance(found, Problem):
            tree.problems.append(found)
        elif len(tree.leaves) >= MOST_LEAVES:
            tree.problems.append(Problem(sentence=TOO_MANY, values={"limit": MOST_LEAVES}))
            break
        else:
            tree.leaves.append(found)
    return tree


CUT_DEFECTS = {"CloseBoundaryNotFoundDefect", "StartBoundaryNotFoundDefect"}


def _some(message: Entity) -> Iterator[Entity]:
    """Yield the message and its parts that hold parts, but not what is in a message inside."""
    yield message
    if message.get_content_maintype() == "multipart":
        for part in children(message):
            yield from _some(part)


def children(entity: Entity) -> list[Entity]:
    """Return the parts of a part that holds parts."""
    held = entity.get_payload()
    return [part for part in held if isinstance(part, Entity)] if isinstance(held, list) else []


def _leaves(
    entity: Entity, number: str, path: tuple[str, ...], group: str
) -> Iterator[Leaf | Problem]:
    kind = media_type_of(entity)
    held = children(entity) if kind.startswith("multipart/") else []
    if len(path) > DEEPEST:
        yield Problem(sentence=TOO_DEEP, values={"number": number})
        held, kind = [], "application/octet-stream"
    if held:
        group = (number or "0") if kind == "multipart/alternative" else group
        for place, part in enumerate(held, 1):
            inner = f"{number}.{place}" if number else str(place)
            yield from _leaves(part, inner, (*path, kind), group)
        return
    leaf = _leaf(entity, number, kind, path, group)
    if is_wrapper(kind, leaf.name):
        signed = signed_content(content_of(leaf))
        if signed is not None:
            yield from _leaves(parsed(signed), number, (*path, kind), group)
            return
        yield Problem(sentence=SEALED, values={"number": leaf.number})
    yield leaf


def _leaf(entity: Entity, number: str, kind: str, path: tuple[str, ...], group: str) -> Leaf:
    disposition = value(entity, "Content-Disposition").lower()
    name = file_name(entity)
    if kind.startswith("multipart/"):  # It announces parts and has none.
        kind = "text/plain"
    is_text = kind in {"text/plain", "text/html"}
    is_set_apart = disposition.startswith("attachment")
    is_later = bool(number) and number.rpartition(".")[2] != "1"
    return Leaf(
        number=number or "1",
        entity=entity,
        media_type=kind,
        name=name,
        is_attached=not is_text or is_set_apart or bool(name and is_later),
        is_inline=not is_set_apart
        and (disposition.startswith("inline") or bool(values(entity, "Content-ID"))),
        path=path,
        alternative=group,
    )


def content_of(leaf: Leaf) -> bytes:
    """Return the bytes of a leaf: a message inside as it was written."""
    entity = leaf.entity
    held = entity.get_payload()
    if isinstance(held, list):
        return b"\n".join(written(one) for one in held if isinstance(one, Entity))
    try:
        content = entity.get_payload(decode=True)
    # A wrong transfer encoding: the bytes as they stand.
    except Exception:  # noqa: BLE001
        content = None
    return content if isinstance(content, bytes) else str(held or "").encode("utf-8", "replace")


def written(entity: Entity) -> bytes:
    """Write a message inside a message as it came."""
    try:
        raw = entity.as_bytes(policy=POLICY)
    # The generator stumbles over headers that the parser let pass.
    except Exception:  # noqa: BLE001
        raw = str(entity.get_payload()).encode("utf-8", "replace")
    return unwrapped_base64(entity, raw)


def unwrapped_base64(entity: Entity, raw: bytes) -> bytes:
    """Return a message that was wrongly put in base64 as a message inside, decoded."""
    if list(entity.keys()) or not isinstance(entity.get_payload(), str):
        return raw
    try:
        inner = binascii.a2b_base64(b"".join(raw.split()), strict_mode=True)
    except (binascii.Error, ValueError):
        return raw
    return inner if b":" in inner[:200] else raw


def text_of(leaf: Leaf) -> str:
    """Return the text of a leaf, in whatever charset it really is."""
    text = decoded(content_of(leaf), parameter(leaf.entity, "charset"))
    return text.replace("\r\n", "\n").replace("\r", "\n")
