"""The sections that several papers share: parties, facts, arguments, exhibits, days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from contrechamp.foi.domain.paper import Grid
from contrechamp.foi.domain.wording import flowing, say

from .material import CensusFact, Dated, Material, Means, Party
from .paper import Role, Section
from .wording import BY_HAND, authority, cite, day_or_blank, definite, finished, proof

TO_PROVE = "À prouver : citer ici la pièce qui établit ce point."
NO_ADVICE = (
    "Ce projet est fait de faits publics. Il informe et n'est pas un conseil juridique : faites-le "
    "vérifier par un avocat avant de vous en servir."
)


def lines_of(party: Party) -> tuple[str, ...]:
    """Return a party as the head of a paper writes it; a person is written by hand."""
    if party.is_person:
        return (BY_HAND,)
    lines = (party.name, party.service, party.form, *party.address.splitlines(), party.email)
    return tuple(said for each in lines if (said := flowing(each)))


def described(party: Party) -> str:
    """Return a party as a claim describes it: name, form, number, seat, who represents it."""
    if party.is_person:
        return f"{BY_HAND}."
    parts = [definite(party.name), flowing(party.form), flowing(party.number)]
    if party.address.strip():
        parts.append(say("dont le siège est {where}", where=flowing(party.address)))
    if party.represented_by.strip():
        parts.append(say("représentée par {who}", who=flowing(party.represented_by)))
    said = ", ".join(part for part in parts if part)
    return f"{said[:1].upper()}{said[1:]}."


def told(facts: Iterable[CensusFact]) -> str:
    """Return facts as items, oldest first, undated last, each with its passage and exhibit."""
    ordered = sorted(facts, key=lambda one: (one.day is None, one.day or None, one.key))
    return "\n".join(f"- {_told(one)}" for one in ordered)


def _told(one: CensusFact) -> str:
    tail = f"({source})" if (source := _source(one)) else ""
    text = finished(one.text, "" if one.quote.strip() else tail)
    said = say("Le {day} : {text}", day=one.day, text=text) if one.day else text
    if not one.quote.strip():
        return said
    quote = say("Il y est écrit : « {quote} »", quote=flowing(one.quote))
    return f"{said} {quote}{f' {tail}' if tail else ''}."


def _source(one: CensusFact) -> str:
    """Return where a fact is from: its exhibit, else its document and address."""
    if one.exhibit:
        return cite(one.exhibit, one.page)
    page = f"p.\u00a0{flowing(one.page)}" if one.page.strip() else ""
    parts = (flowing(one.source), page, flowing(one.url))
    return ", ".join(part for part in parts if part)


def facts(material: Material, *, title: str = "Faits") -> Section:
    """Return the account of the facts."""
    body = told(material.facts) or say("Les faits restent à écrire, chacun avec sa pièce.")
    return Section(key="facts", title=title, body=body, role=Role.FACTS)


def means(material: Material, *, with_sides: bool) -> tuple[Section, ...]:
    """Return the arguments, external legality first; adverse decisions stay out of them."""
    ordered: Sequence[Means] = material.means
    if with_sides:
        ordered = sorted(material.means, key=lambda one: one.side)
    return tuple(_mean(one, material, with_sides=with_sides) for one in ordered)


def _mean(one: Means, material: Material, *, with_sides: bool) -> Section:
    law = [authority(each) for each in one.support if not each.is_adverse]
    proofs = [fact for fact in material.facts if one.code in fact.grounds]
    parts = [say("{argument}", argument=_ours(one.argument))]
    if law:
        parts += [say("En droit :"), "\n".join(f"- {each}" for each in law)]
    if proofs:
        parts += [say("En l'espèce :"), told(proofs)]
    if not any(fact.exhibit for fact in proofs):
        parts.append(say(TO_PROVE))
    return Section(
        key=f"mean-{one.code}",
        title=_ours(one.title),
        body="\n\n".join(parts),
        role=Role.MEAN,
        side=one.side if with_sides else None,
    )


def _ours(sentence: str) -> str:
    """Return a sentence of the library with its spaces set."""
    return say("{said}", said=say(sentence)) if "{" not in sentence else sentence


def exhibits(material: Material) -> Section:
    """Return the list of the exhibits, made anew each time."""
    rows = tuple(
        (str(each.number or ""), flowing(each.label), flowing(each.dated), flowing(each.author))
        for each in material.exhibits
    )
    return Section(
        key="exhibits",
        title=say("Liste des pièces"),
        body="" if rows else say("Aucune pièce n'est encore choisie."),
        role=Role.EXHIBITS,
        is_computed=True,
        tables=(Grid(("N°", "Pièce", "Date", "Auteur"), rows),) if rows else (),
    )


def steps(dated: Iterable[Dated]) -> Grid:
    """Return earlier steps as a table: what, when, what proves it."""
    rows = tuple((flowing(one.what), day_or_blank(one.day), proof(one)) for one in dated)
    return Grid((say("Démarche"), "Date", "Preuve"), rows)


def tailed(sentence: str, tail: str) -> str:
    """Return a typed sentence with an exhibit before its point."""
    return finished(sentence, tail.strip())
