"""A body as its page shows it: who it is, how to write to it and why, what was corrected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from contrechamp.census import published as census
from contrechamp.directory import queries
from contrechamp.directory.domain.choosing import Choice, Way, preferred
from contrechamp.directory.domain.freshness import freshness_of
from contrechamp.directory.domain.kinds import ADDRESS_KINDS, AddressKind, Known
from contrechamp.directory.domain.mailboxes import FAULTS, fault_of
from contrechamp.directory.domain.offers import BodyAction, BodyPanel
from contrechamp.directory.domain.showing import public_value
from contrechamp.foundation.plug import offered
from contrechamp.foundation.words import written
from contrechamp.places import queries as places

if TYPE_CHECKING:
    from contrechamp.directory.models import Body, Change, Proposal
    from contrechamp.places.models import Territory


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One address as visitors get it. `value` is empty when it may be somebody's own."""

    pk: int
    kind: str
    label: str
    value: str
    is_page: bool
    fresh: str
    is_stale: bool
    is_chosen: bool
    is_quarantined: bool
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the page of a body says."""

    body: Body
    place: Territory | None
    record: census.Record | None
    chosen: Shown | None
    choice: Choice
    why: str
    warnings: tuple[str, ...]
    addresses: tuple[Shown, ...]
    officer: str
    is_officer_missing: bool
    actions: tuple[tuple[str, str, bool], ...]
    panels: tuple[str, ...]
    changes: tuple[Change, ...]
    proposals: tuple[Proposal, ...]


def page_of(body: Body, today: date) -> Page:
    """Return the page of a body: public things only."""
    ways = [way for way in queries.ways_of(body.pk) if not way.is_superseded]
    choice = preferred(ways)
    shown = tuple(shown_of(way, choice, today) for way in ways)
    return Page(
        body=body,
        place=places.find_territory(body.territory) if body.territory else None,
        record=record_of(body),
        chosen=next((one for one in shown if one.is_chosen), None),
        choice=choice,
        why=gettext(choice.why),
        warnings=tuple(gettext(said) for said in choice.warnings),
        addresses=shown,
        officer=officer_of(body),
        is_officer_missing=body.needs_access_officer == Known.YES
        and body.has_access_officer != Known.YES,
        actions=actions_of(body.pk),
        panels=panels_of(body.pk),
        changes=tuple(queries.changes_of(body.pk)[:50]),
        proposals=tuple(queries.decided_proposals(body.pk)[:50]),
    )


def record_of(body: Body) -> census.Record | None:
    """Return the public record of the census with the body's SIREN, or None."""
    found = census.find_by_identifier("siren", body.siren) if body.siren else None
    return found if found and found.kind == "actor" else None


def shown_of(way: Way, choice: Choice, today: date) -> Shown:
    """Return one address as visitors get it."""
    fresh = freshness_of(way, today)
    fault = fault_of(way.value) if way.is_mail else None
    return Shown(
        pk=way.pk,
        kind=gettext(ADDRESS_KINDS[way.kind]),
        label=way.label,
        value=public_value(way),
        is_page=way.kind in (AddressKind.ONLINE_SERVICE, AddressKind.FORM),
        fresh=gettext(fresh.sentence).format(on=written(fresh.on) if fresh.on else ""),
        is_stale=fresh.is_stale,
        is_chosen=choice.address is not None and choice.address.pk == way.pk,
        is_quarantined=way.is_quarantined,
        fault=gettext(FAULTS[fault]) if fault else "",
    )


def officer_of(body: Body) -> str:
    """Say whether the body has a person for access to documents, and whether it must."""
    must, has = body.needs_access_officer, body.has_access_officer
    if has == Known.YES:
        return gettext("Elle est désignée ; son nom n'est pas publié ici.")
    if must == Known.YES and has == Known.NO:
        return gettext(
            "Aucune n'est désignée, alors que l'article R330-2 l'impose à cet organisme : c'est un "
            "manquement."
        )
    if must == Known.YES:
        return gettext(
            "On n'en connaît pas, alors que l'article R330-2 en impose une à cet organisme."
        )
    if must == Known.NO:
        return gettext("L'article R330-2 n'en impose pas à cet organisme.")
    return gettext("On ne sait pas si cet organisme doit en avoir une.")


def actions_of(pk: str) -> tuple[tuple[str, str, bool], ...]:
    """Return what rooms above offer to do with a body: words, address, whether it comes first."""
    offers = sorted(offered(BodyAction), key=lambda one: one.order)
    found = ((gettext(one.label), one.address(pk), one.is_main) for one in offers)
    return tuple(each for each in found if each[1])


def panels_of(pk: str) -> tuple[str, ...]:
    """Return what rooms above draw on the page of a body."""
    offers = sorted(offered(BodyPanel), key=lambda one: one.order)
    return tuple(drawn for one in offers if (drawn := one.draw(pk)))
