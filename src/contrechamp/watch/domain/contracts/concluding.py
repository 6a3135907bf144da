"""From a record to a finding: what it is about, its values, its place, its proof."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from contrechamp.kernel.numbers import compact
from contrechamp.watch.domain.finding import (
    Beneficiary,
    Company,
    ContractTerms,
    Evidence,
    Finding,
    FoundPlace,
    Locator,
    SourceDocument,
)
from contrechamp.watch.domain.text import AROUND, LONGEST_QUOTE, digest

from .cpv import LABELS, STRONG_CPV
from .damage import cleaned, comparable
from .kinds import kind_of
from .parties import beneficiary_of, supplier_of
from .placing import place_of
from .record import Amendment, BadRecord, Record
from .repairing import repaired
from .values import amount_of, cpv_of, day_of, months_of, siret_of
from .weighing import Vote, Weighed, may_concern, votes, weigh


@dataclass(frozen=True, kw_only=True)
class Concluded:
    """What came of a record: its findings (the award, its amendments), and what is wrong in it."""

    findings: tuple[Finding, ...] = ()
    problems: tuple[BadRecord, ...] = ()
    key: str = ""
    """Same key, same contract (see `identity`)."""


NOTHING = Concluded()


def conclude(record: Record, document: SourceDocument, source: str) -> Concluded:
    """Return what a record says about surveillance; `NOTHING` when it is about something else."""
    if not may_concern(record.object, None) and not any(
        each in STRONG_CPV for each in map(cpv_of, (record.cpv, *record.other_cpvs))
    ):
        return NOTHING
    text = cleaned(record.object)
    cpv = _telling_cpv(record)
    weighed = weigh(text, cpv, **_names(record))
    if weighed is None:
        return NOTHING
    values = _Values.of(record)
    finding = _finding(record, document, source, text=text, weighed=weighed, values=values)
    amended = tuple(
        _amendment(finding, change, index) for index, change in enumerate(record.amendments)
    )
    return Concluded(
        findings=(finding, *amended), problems=values.problems, key=identity_key(record, text)
    )


def heard(record: Record) -> list[Vote]:
    """Return what spoke for and against a record being about surveillance."""
    return votes(cleaned(record.object), _telling_cpv(record), **_names(record))


def _names(record: Record) -> dict[str, str]:
    suppliers = " / ".join(each.name or "" for each in record.suppliers)
    return {"buyer": record.buyer.name or "", "suppliers": suppliers}


def identity_key(record: Record, text: str) -> str:
    """Return what identifies a record: buyer's number, its own id, its object folded."""
    buyer = siret_of(record.buyer.number) or compact(record.buyer.number or record.buyer.name or "")
    return f"{buyer}\x1f{record.id or ''}\x1f{re.sub(r'[^a-z0-9]', '', comparable(text))}"


def _telling_cpv(record: Record) -> str | None:
    """Return the CPV that says most: one of cameras if there is, else the main one."""
    main = cpv_of(record.cpv)
    others = (cpv_of(each) for each in record.other_cpvs)
    return next((cpv for cpv in (main, *others) if cpv in STRONG_CPV), main)


@dataclass(frozen=True, kw_only=True)
class _Values:
    """The values that can be wrong, read, with what is wrong."""

    amount: Decimal | None
    notified: object
    published: object
    problems: tuple[BadRecord, ...]
    warnings: tuple[str, ...]

    @classmethod
    def of(cls, record: Record) -> _Values:
        amount, is_bad_amount = amount_of(record.amount)
        notified, published = day_of(record.notified), day_of(record.published)
        problems = []
        if notified.is_bad or published.is_bad:
            typed = record.notified if notified.is_bad else record.published
            problems.append(_bad(record, "bad_date", f"no such day: {str(typed)[:40]}"))
        if is_bad_amount:
            problems.append(
                _bad(record, "bad_amount", f"no sum of money: {str(record.amount)[:40]}")
            )
        return cls(
            amount=amount,
            notified=notified.value,
            published=published.value,
            problems=tuple(problems),
            warnings=tuple(each.code for each in problems),
        )


def _bad(record: Record, code: str, message: str) -> BadRecord:
    return BadRecord(position=record.position, code=code, message=message)


def _finding(
    record: Record,
    document: SourceDocument,
    source: str,
    *,
    text: str,
    weighed: Weighed,
    values: _Values,
) -> Finding:
    shown, is_repaired = repaired(text)
    place, place_warnings = place_of(record)
    warnings = [*values.warnings, *place_warnings, *record.withheld]
    if is_repaired:
        warnings.append("object_repaired")
    if weighed.is_by_cpv:
        warnings.append("cpv_only")
    suppliers, supplier_warnings = _suppliers(record)
    cpv = cpv_of(record.cpv)
    terms = ContractTerms(
        id=record.id,
        kind=kind_of(comparable(text), cpv=cpv, nature=record.nature),
        object=shown or None,
        cpv=cpv,
        cpv_label=LABELS.get(cpv or ""),
        buyer=Company(
            siret=siret_of(record.buyer.number),
            name=_repaired_name(record.buyer.name),
            insee=place.insee if place and place.how == "buyer" else None,
        ),
        suppliers=suppliers,
        amount=values.amount,
        amount_kind=record.amount_kind if values.amount is not None else None,
        tax=record.tax,
        currency=record.currency if values.amount is not None else None,
        notified_on=values.notified,  # type: ignore[arg-type]
        published_on=values.published,  # type: ignore[arg-type]
        duration_months=months_of(record.duration),
        group=record.group,
        lots=tuple(cleaned(lot) for lot in record.lots),
    )
    key = record.uid or identity_key(record, text)
    return Finding(
        id=f"wf-{digest(source, document.sha256, key, record.position, weighed.technology)}",
        source=source,
        document=document,
        locator=Locator(records=(record.position,)),
        technology=weighed.technology,
        technologies=weighed.technologies,
        decision=record.decision,
        decisions=(record.decision,),
        places=(place,) if place else (),
        beneficiary=_beneficiary(record),
        contract=terms,
        evidence=_evidence(record, text, weighed, terms, is_repaired=is_repaired),
        confidence=round(weighed.confidence, 2),
        warnings=tuple(dict.fromkeys((*warnings, *supplier_warnings))),
    )


def _repaired_name(name: str | None) -> str | None:
    return repaired(cleaned(name))[0] or None if name else None


def _beneficiary(record: Record) -> Beneficiary | None:
    return beneficiary_of(_repaired_name(record.buyer.name), record.buyer.number)


def _suppliers(record: Record) -> tuple[tuple[Company, ...], tuple[str, ...]]:
    made = [supplier_of(party) for party in record.suppliers]
    warnings = ("supplier_name_withheld",) if any(is_kept for _, is_kept in made) else ()
    return tuple(company for company, _ in made), warnings


def _evidence(
    record: Record, text: str, weighed: Weighed, terms: ContractTerms, *, is_repaired: bool
) -> dict[str, Evidence]:
    at = (record.position,)
    if weighed.start is None or weighed.end is None:
        proof = Evidence(quote=record.cpv or "", confidence=weighed.confidence, records=at)
    else:
        start, end = weighed.start, weighed.end
        proof = Evidence(
            quote=text[start:end].strip()[:LONGEST_QUOTE],
            prefix=text[max(0, start - AROUND) : start],
            suffix=text[end : end + AROUND],
            confidence=weighed.words,
            records=at,
        )
    evidence = {"technology": proof}
    if is_repaired:
        evidence["object"] = Evidence(quote=text[:LONGEST_QUOTE], confidence=1.0, records=at)
    if terms.amount is not None:
        evidence["amount"] = Evidence(quote=str(record.amount), confidence=0.95, records=at)
    if terms.notified_on is not None:
        evidence["notified_on"] = Evidence(quote=str(record.notified), confidence=0.95, records=at)
    return evidence


def _amendment(award: Finding, change: Amendment, index: int) -> Finding:
    """Return the finding of a change: the contract as changed, `decision: amendment`."""
    assert award.contract is not None  # noqa: S101 - made three lines above the call
    amount, is_bad = amount_of(change.amount)
    notified, published = day_of(change.notified), day_of(change.published)
    warnings = [w for w in award.warnings if w not in ("bad_date", "bad_amount")]
    if notified.is_bad or published.is_bad:
        warnings.append("bad_date")
    if is_bad:
        warnings.append("bad_amount")
    old = award.contract
    terms = {name: getattr(old, name) for name in ContractTerms.__dataclass_fields__}
    terms |= {
        "amount": amount,
        "amount_kind": "amended" if amount is not None else None,
        "currency": (old.currency or "EUR") if amount is not None else None,
        "notified_on": notified.value,
        "published_on": published.value,
        "duration_months": months_of(change.duration) or old.duration_months,
        "group": old.group or award.id,
    }
    evidence = {
        name: proof for name, proof in award.evidence.items() if name in ("technology", "object")
    }
    if change.object:
        quote = cleaned(change.object)[:LONGEST_QUOTE]
        evidence["decision"] = Evidence(quote=quote, confidence=0.95, records=award.locator.records)
    values = {name: getattr(award, name) for name in Finding.__dataclass_fields__}
    values |= {
        "id": f"wf-{digest(award.id, 'amendment', index)}",
        "decision": "amendment",
        "decisions": ("amendment",),
        "contract": ContractTerms(**terms),
        "evidence": evidence,
        "warnings": tuple(warnings),
    }
    return Finding(**values)


__all__ = ["NOTHING", "Concluded", "FoundPlace", "conclude", "identity_key"]
