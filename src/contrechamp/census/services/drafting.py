"""What a member writes in one go: a fact with its source, a project with all that is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from contrechamp.census.models import Claim, Entity

from .claims import add_claim
from .entities import add_entity, ensure_place, ensure_technology
from .evidence import add_evidence
from .recording import recording
from .review import submit

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecord:
    """A record to be made when the fact that needs it is written."""

    kind: str
    type: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The other end of a relation: a record that is there, or what makes one."""

    entity: Entity | None = None
    new: NewRecord | None = None
    territory: str = ""
    technology: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What somebody knows about a project."""

    name: str
    type: str
    values: Sequence[tuple[str, object]] = ()
    """Properties with their values."""
    place: Side | None = None
    technologies: Sequence[str] = ()
    authority: Side | None = None
    company: Side | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)


def draft_claim(
    *,
    subject: Entity,
    property: str,
    values: Mapping[str, Any],
    target: Side | None,
    evidence: Mapping[str, Any],
    and_submit: bool,
    actor: User,
    now: datetime,
) -> Claim:
    """Write a fact with its source, and the record at its other end if there is none yet."""
    with recording(actor=actor, now=now, verb="draft_claim"):
        other = _entity(target, actor, now) if target else None
        claim = add_claim(
            subject=subject, property=property, target=other, actor=actor, now=now, **values
        )
        if evidence:
            add_evidence(claim, actor=actor, now=now, **evidence)
        if and_submit:
            submit([claim.pk], actor=actor, now=now)
    return claim


def draft_project(
    sketch: Sketch, *, and_submit: bool, actor: User, now: datetime
) -> tuple[Entity, list[Claim]]:
    """Write a project and what is known of it: one fact for each answer, one source for all."""
    with recording(actor=actor, now=now, verb="draft_project"):
        project = add_entity(
            kind="project", type=sketch.type, name=sketch.name, actor=actor, now=now
        )

        def say(subject: Entity, code: str, **fields: Any) -> Claim:
            claim = add_claim(subject=subject, property=code, actor=actor, now=now, **fields)
            if sketch.evidence:
                add_evidence(claim, actor=actor, now=now, **sketch.evidence)
            return claim

        claims = [say(project, code, value=value) for code, value in sketch.values]
        if sketch.place:
            claims.append(say(project, "located_in", target=_entity(sketch.place, actor, now)))
        for code in sketch.technologies:
            technology = ensure_technology(code, actor=actor, now=now)
            claims.append(say(project, "uses_technology", target=technology))
        for side, role in ((sketch.authority, "commissioner"), (sketch.company, "supplier")):
            if side:
                actor_of_project = _entity(side, actor, now)
                claims.append(
                    say(
                        actor_of_project,
                        "participates_in",
                        target=project,
                        attributes={"role": role},
                    )
                )
        if and_submit:
            submit([claim.pk for claim in claims], actor=actor, now=now)
    return project, claims


def _entity(side: Side, actor: User, now: datetime) -> Entity:
    if side.entity is not None:
        return side.entity
    if side.territory:
        return ensure_place(side.territory, actor=actor, now=now)
    if side.technology:
        return ensure_technology(side.technology, actor=actor, now=now)
    assert side.new is not None  # noqa: S101  one of the four is given
    return add_entity(
        kind=side.new.kind, type=side.new.type, name=side.new.name, actor=actor, now=now
    )
