"""The sections that several papers share: parties, facts, arguments, exhibits, days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from contrechamp.foi.domain.paper import Grid
from contrechamp.foi.domain.wording import flowing, say, set_in_french

from .material import CensusFact, Material, Means, Party
from .paper import Role, Section
from .wording import BY_HAND, authority, cite, definite, finished

TO_PROVE = "[À prouver : citer ici la pièce qui établit ce point.]"
NO_ADVICE = (
    "Ce projet est fait de faits publics. Il informe et n'est pas un conseil juridique : faites-le "
    "vérifier par un avocat avant de vous en servir."
)


def lines_of(party: Party) -> tuple[str, ...]:
    """Return a party as the head of a paper writes it; a person is written by hand."""
    if party.is_person:
        return (BY_HAND,)
    lines = (party.name, party.service, *party.address.splitlines(), party.email)
    return tuple(said for each in lines if (said := flowing(each)))


def described(party: Party) -> str:
    """Return a party as a claim describes it: name, form, number, seat, who represents it."""
    if party.is_person:
        return f"{BY_HAND}."
    parts = [definite(party.name), flowing(party.form), flowing(party.number)]
    if party.address.strip():
        where = ", ".join(flowing(line) for line in party.address.splitlines() if line.strip())
        parts.append(say("dont le siège est situé {where}", where=where))
    if party.represented_by.strip():
        parts.append(say("représentée par {who}", who=flowing(party.represented_by)))
    said = ", ".join(part for part in parts if part)
    return f"{said[:1].upper()}{said[1:]}."


def told(facts: Iterable[CensusFact], *, quotes: bool = True) -> str:
    """Return facts as items, oldest first, undated last, each with its passage and exhibit."""
    ordered = sorted(facts, key=lambda one: (one.day is None, one.day or date.max, one.key))
    return "\n".join(f"- {_told(one, quotes=quotes)}" for one in ordered)


def _told(one: CensusFact, *, quotes: bool) -> str:
    quote = flowing(one.quote) if quotes else ""
    tail = f"({source})" if (source := _source(one)) else ""
    text = finished(one.text, "" if quote else tail)
    said = say("{day} – {text}", day=one.day, text=text) if one.day else text
    if not quote:
        return said
    passage = say("Il y est écrit : « {quote} »", quote=quote)
    return f"{said} {passage}{f' {tail}' if tail else ''}."


def _source(one: CensusFact) -> str:
    """Return where a fact is from: its exhibit, else its document and address."""
    if one.exhibit:
        return cite(one.exhibit, one.page)
    page = f"p.\u00a0{flowing(one.page)}" if one.page.strip() else ""
    parts = (flowing(one.source), page, flowing(one.url))
    return ", ".join(part for part in parts if part)


def facts(material: Material) -> Section:
    """Return the account of the facts. A passage that an argument quotes is not given twice."""
    chosen = {one.code for one in material.means}
    body = "\n".join(
        told([one], quotes=not chosen & set(one.grounds))
        for one in sorted(
            material.facts, key=lambda one: (one.day is None, one.day or date.max, one.key)
        )
    )
    return Section(
        key="facts",
        title="Faits",
        body=body or say("[À compléter : les faits, chacun avec sa pièce.]"),
        role=Role.FACTS,
    )


def means(material: Material, *, with_sides: bool) -> tuple[Section, ...]:
    """Return the arguments, external legality first; adverse decisions stay out of them."""
    ordered: Sequence[Means] = material.means
    if with_sides:
        ordered = sorted(material.means, key=lambda one: one.side)
    return tuple(_mean(one, material, with_sides=with_sides) for one in ordered)


def _mean(one: Means, material: Material, *, with_sides: bool) -> Section:
    support = [each for each in one.support if not each.is_adverse]
    texts = [authority(each) for each in support if not each.is_decision]
    decisions = [authority(each) for each in support if each.is_decision]
    proofs = [fact for fact in material.facts if one.code in fact.grounds]
    parts = [set_in_french(one.argument)]
    for name, lines in (("En droit :", texts), ("En ce sens :", decisions)):
        if lines:
            parts += [set_in_french(name), "\n".join(f"- {each}" for each in lines)]
    if proofs:
        parts += [set_in_french("En l'espèce :"), told(proofs)]
    if not any(fact.exhibit for fact in proofs):
        parts.append(set_in_french(TO_PROVE))
    return Section(
        key=f"mean-{one.code}",
        title=set_in_french(one.title),
        body="\n\n".join(parts),
        role=Role.MEAN,
        side=one.side if with_sides else None,
    )


def exhibits(material: Material, *, title: str = "Pièces jointes") -> Section:
    """Return the list of the exhibits, made anew each time."""
    rows = tuple(
        (str(each.number or ""), flowing(each.label), flowing(each.dated), flowing(each.author))
        for each in material.exhibits
    )
    return Section(
        key="exhibits",
        title=set_in_french(title),
        body="" if rows else say("Aucune pièce n'est encore choisie."),
        role=Role.EXHIBITS,
        is_computed=True,
        tables=(_told_columns(("N°", "Pièce", "Date", "Auteur"), rows),) if rows else (),
    )


def _told_columns(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Grid:
    """Return a table without the columns in which no row says anything."""
    kept = [at for at in range(len(columns)) if any(row[at] for row in rows)]
    return Grid(
        tuple(columns[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in rows)
    )
