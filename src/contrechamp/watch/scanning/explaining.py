"""Why something was found in files, or turned away: the rules that spoke, with their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from contrechamp.watch.domain import reading, voting
from contrechamp.watch.domain.act import Act, Context, Span
from contrechamp.watch.domain.assembling import evidence_of
from contrechamp.watch.domain.bundles import orders_of
from contrechamp.watch.domain.contracts.concluding import heard
from contrechamp.watch.domain.contracts.weighing import LEAST, Vote, joined
from contrechamp.watch.domain.finding import Finding, as_json
from contrechamp.watch.domain.premises import names_in

from . import bulletins, contracts
from .renditions import Sheaf, sheaves
from .run import read_one, scan


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoke:
    """A rule that gave a value or spoke against one, with the words that it read."""

    rule: str
    says: str
    field: str | None = None
    page: int | None = None
    quote: str | None = None
    confidence: float | None = None
    judged: tuple[int, int] | None = None
    """Right, of how many judged by hand: where the confidence comes from; None: estimated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """Why one act or record is a finding, or why it is none."""

    identifier: str
    document: str
    is_finding: bool
    page: int | None = None
    fields: tuple[Spoke, ...] = ()
    against: tuple[Spoke, ...] = ()
    confidence: float | None = None
    derivation: tuple[dict[str, Any], ...] = ()
    """Of an act the smallest of three fields; of a contract chances that are joined."""
    warnings: tuple[str, ...] = field(default=())
    duplicate_of: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as `watch explain --json` prints it."""
        return {"schema": "contrechamp.watch/1", "type": "explanation", **asdict(self)}


def explain(identifier: str, paths: Sequence[Path]) -> list[Explained]:
    """Explain a finding (`wf-…`), or the acts and records of files that bear a number.

    An act is asked for by its number in the bulletin, a record by that of its register.
    """
    if not identifier.startswith("wf-"):
        return [one for sheaf in sheaves(paths) for one in _numbered(identifier, sheaf)]
    found = next((one for one in scan(paths).findings if one.id == identifier), None)
    if found is None:
        return []
    sheaf = next(one for one in sheaves(paths) if _holds(one, found))
    against = _against_act(found, sheaf) if found.source == "raa" else ()
    votes = _votes_of(found, sheaf) if found.source != "raa" else ()
    return [of_finding(as_json(found), against=tuple(against), votes=votes)]


def of_finding(
    found: dict[str, Any], *, against: tuple[Spoke, ...] = (), votes: Sequence[Vote] = ()
) -> Explained:
    """Explain a finding by what it says itself; `against` and `votes`: what else its file says."""
    source, technology = found["source"], found["technology"]
    proofs = found.get("evidence") or {}
    fields = []
    for name, proof in sorted(proofs.items()):
        rule = voting.rule_of(source, technology, name)
        spoke = Spoke(
            rule=rule,
            says=voting.FIELDS.get(name, ""),
            field=name,
            page=proof.get("page"),
            quote=proof["quote"],
            confidence=proof["confidence"],
            judged=voting.judged(rule, proof["confidence"]),
        )
        fields.append(spoke)
    against = (*against, *(_spoke(vote) for vote in votes if vote.chance <= 0))
    return Explained(
        identifier=found["id"],
        document=found["document"]["path"],
        is_finding=True,
        page=(found.get("locator") or {}).get("page"),
        fields=tuple(fields),
        against=against,
        confidence=found["confidence"],
        derivation=tuple(_derivation(found, votes)),
        warnings=tuple(found.get("warnings") or ()),
        duplicate_of=found.get("duplicate_of"),
    )


def _derivation(found: dict[str, Any], votes: Sequence[Vote]) -> Iterator[dict[str, Any]]:
    if found["source"] != "raa":
        if _gives(votes, found["confidence"]):
            for vote in (one for one in votes if one.chance > 0):
                yield {"how": "joined", "rule": vote.rule, "value": vote.chance}
        return
    values = {name: proof["confidence"] for name, proof in (found.get("evidence") or {}).items()}
    name, value = voting.smallest(values, has_place=bool(found.get("places")))
    rule = voting.rule_of("raa", found["technology"], name) if name else ""
    if value == found["confidence"]:
        yield {"how": "smallest", "rule": rule, "value": value}


def _numbered(number: str, sheaf: Sheaf) -> Iterator[Explained]:
    if sheaf.register is not None:
        yield from _record(number, sheaf)
        return
    read = bulletins.Read(path=str(sheaf.path))
    opened = bulletins.open_acts(sheaf, read)
    if opened is None or number not in {act.number for act in opened.acts}:
        return
    findings = list(bulletins.findings_of(opened))
    for act in opened.acts:
        if act.number != number:
            continue
        for order in orders_of(act):
            told = [one for one, by in findings if by == order]
            for one in told:
                yield of_finding(as_json(one), against=tuple(_doubts(order, opened.context)))
            if not told:
                yield Explained(
                    identifier=number,
                    document=opened.document.path,
                    is_finding=False,
                    page=order.pages.pages[0].number,
                    against=tuple(_against(order, opened.context)),
                )


def _against_act(found: Finding, sheaf: Sheaf) -> Iterator[Spoke]:
    opened = bulletins.open_acts(sheaf, bulletins.Read(path=str(sheaf.path)))
    for one, order in bulletins.findings_of(opened) if opened else ():
        if one.id == found.id and opened:
            yield from _doubts(order, opened.context)


def _doubts(order: Act, context: Context) -> Iterator[Spoke]:
    """Yield what spoke against an order that is a finding all the same: words, not their lack."""
    return (spoke for spoke in _against(order, context) if spoke.quote)


def _against(order: Act, context: Context) -> Iterator[Spoke]:
    """Yield what spoke against an order: readers that turned it away, words of negative lists."""
    names = names_in(order.pages.text)
    for why in reading.turned(order, context):
        proof = evidence_of(order, Span(why.start, why.end, 0.0), names) if why.end else None
        yield _said(why.rule, proof.page if proof else None, proof.quote if proof else None)
    for rule, span in voting.doubts(order):
        if proof := evidence_of(order, span, names):
            yield _said(rule, proof.page, proof.quote)


def _said(rule: str, page: int | None, quote: str | None) -> Spoke:
    return Spoke(rule=rule, says=voting.RULES[rule], page=page, quote=quote)


def _record(number: str, sheaf: Sheaf) -> Iterator[Explained]:
    found = read_one(sheaf, "auto").findings
    for one in found:
        if one.source == "raa" and one.act and number in {one.act.number, one.act.order}:
            yield of_finding(as_json(one))
    for record in contracts.records_of(sheaf.path):
        if number not in {record.id, record.uid}:
            continue
        told = [one for one in found if record.position in (one.locator.records or ())]
        votes = heard(record)
        for one in told:
            yield of_finding(as_json(one), votes=votes)
        if not told:
            yield _turned_record(number, sheaf, votes)


def _turned_record(number: str, sheaf: Sheaf, votes: Sequence[Vote]) -> Explained:
    weak = [vote for vote in votes if vote.chance > 0]
    return Explained(
        identifier=number,
        document=sheaf.path.name,
        is_finding=False,
        against=tuple(_spoke(vote) for vote in votes if vote.chance <= 0),
        derivation=tuple(
            {"how": "below", "rule": v.rule, "value": v.chance, "least": LEAST} for v in weak
        ),
    )


def _votes_of(found: Finding, sheaf: Sheaf) -> list[Vote]:
    """Return what spoke for and against the record, or its lot, that gave a finding."""
    at = (found.locator.records or (-1,))[0]
    for record in contracts.records_of(sheaf.path):
        if record.position == at and _gives(votes := heard(record), found.confidence):
            return votes
    return []


def _gives(votes: Sequence[Vote], confidence: float) -> bool:
    return round(joined([vote.chance for vote in votes if vote.chance > 0]), 2) == confidence


def _spoke(vote: Vote) -> Spoke:
    return Spoke(rule=vote.rule, says=voting.RULES[vote.rule], quote=vote.words or None)


def _holds(sheaf: Sheaf, found: Finding) -> bool:
    """Answer whether a finding is of a document, by the path that it names."""
    for path in (sheaf.path, sheaf.pdf, sheaf.ocr_pdf, sheaf.text):
        if path is None:
            continue
        shown = str(path.relative_to(sheaf.root)) if path.is_relative_to(sheaf.root) else str(path)
        if shown == found.document.path:
            return True
    return False
