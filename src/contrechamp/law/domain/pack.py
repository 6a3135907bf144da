"""Rule packs: the law of a country as versioned data, refused when anything of it is missing.

A rule has versions, each valid from a day to another; the day of the facts picks one, never
today. Formulas are names of a closed set (`formulas`). Nothing here reads a file or a clock.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from contrechamp.kernel.dates import add_days, add_months
from contrechamp.kernel.errors import Misconfigured, gettext_noop

from .facts import CALCULATOR, KNOWN
from .formulas import FORMULAS

STEPS = (
    *("implied_refusal", "cada", "cada_cap", "cada_opinion", "confirmed_refusal", "ta", "ta_cap"),
    *("motives", "gracieux", "gracieux_rejection", "complaint_rejection", "ce", "ce_cap"),
    *("cctv_expiry", "prefect_rejection", "destruction", "receipt_due", "acknowledgement_due"),
    *("authority_position", "series", "cassation", "enforcement", "prefect", "prefect_referral"),
    *("confirmation", "urgent_cassation", "liberty_order", "liberty_appeal", "contract"),
    *("repeal_rejection", "ta_repeal", "appeal", "progress_due", "right_answer"),
)
"""Every step of the clock; a pack that leaves one out is not complete."""
REFERRED = "referred"
FLAGS = frozenset({"ack_with_remedies", "refusal_with_remedies", "decision_with_remedies"})
PARTS = ("opens", "safe", "usual", "strict")
SURE = ("T", "O", "S", "?")
WHOSE = ("yours", "theirs", "birth", "rescue")
IN_FORCE = "in force"
STALE_MONTHS = 18
"""A rule that nobody re-read for so long is told to the operator."""
RULES = frozenset(
    {
        *("foi.implied_refusal", "foi.cada", "foi.cada_express", "foi.cada_restart"),
        *("foi.cada_cap", "foi.cada_cap_express", "foi.opinion", "foi.confirmed"),
        *("foi.receipt_due", "foi.acknowledgement_due", "foi.authority_position", "foi.series"),
        *("court.silence", "court.notified", "court.notified_again", "court.published"),
        *("court.cap", "court.cap_reasons", "court.motives", "court.reasons", "court.gracieux"),
        *("court.gracieux_rejection", "court.after_gracieux", "court.legal_aid"),
        *("court.cassation", "court.enforcement", "cnil.rejection", "cnil.ce", "cnil.ce_cap"),
        *("court.prefect", "court.prefect_referral", "court.confirmation"),
        *("court.urgent_cassation", "court.liberty_order", "court.liberty_appeal"),
        *("court.contract", "court.contract_known", "court.repeal", "court.after_repeal"),
        *("court.appeal", "cnil.progress_due", "cnil.closed", "cnil.right_answer"),
        *("csi.expiry", "csi.prefect", "csi.destruction"),
    }
)
"""The rules that the clock asks a pack for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One version of one rule."""

    id: str
    trigger: tuple[str, ...]
    step: str
    formula: Mapping[str, str]
    """By part (opens, safe, usual, strict) the name of a formula."""
    counted: str
    """The basis of the line that counts the period; the first of `basis` when not said."""
    basis: tuple[str, ...]
    sure: str
    uncertain: tuple[str, ...]
    opposable_if: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    """None: in force."""
    older_texts: str
    """Where older texts set the same period, their names: facts before `valid_from` are counted
    by this version then, and people are told to verify."""
    reviewed_on: date
    vectors: tuple[str, ...]
    is_filed: bool
    """Only for the file of a request, not for the calculator."""
    fr: str
    en: str

    def holds_on(self, day: date) -> bool:
        """Answer whether this version was in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def part(self, name: str) -> str:
        """Return the formula of a part: strict falls back on usual; empty where there is none."""
        return self.formula.get(name) or (self.formula.get("usual", "") if name == "strict" else "")


@dataclass(frozen=True, slots=True)
class Named:
    """A step, an event or an open question as people read it."""

    code: str
    fr: str
    en: str
    whose: str = ""
    usual: str = ""
    strict: str = ""
    safe: str = ""

    def in_language(self, language: str) -> str:
        """Return it in a language, French when we do not speak it."""
        return self.en if language.startswith("en") else self.fr


@dataclass(frozen=True, slots=True)
class Pack:
    """The law of a country: versions of each rule by identifier, oldest first, and words."""

    rules: Mapping[str, tuple[Rule, ...]]
    steps: Mapping[str, Named]
    events: Mapping[str, Named]
    questions: Mapping[str, Named]

    def at(self, id: str, day: date) -> Rule | None:
        """Return the version of a rule that counts facts of a day; None where none does."""
        versions = self.rules[id]
        for rule in versions:
            if rule.holds_on(day):
                return rule
        first = versions[0]
        return first if day < first.valid_from and first.older_texts else None

    def every(self) -> tuple[Rule, ...]:
        """Return all versions of all rules, in the order of the pack."""
        return tuple(rule for versions in self.rules.values() for rule in versions)

    def stale(self, today: date) -> tuple[Rule, ...]:
        """Return the rules in force that nobody has re-read for eighteen months."""
        return tuple(
            rule
            for rule in self.every()
            if rule.valid_to is None and add_months(rule.reviewed_on, STALE_MONTHS) < today
        )

    def reviewed(self, on: Mapping[str, date]) -> Pack:
        """Return the pack with the days of re-reading that an instance recorded, by rule."""
        return replace(
            self,
            rules={
                id: tuple(
                    replace(rule, reviewed_on=max(on.get(id, date.min), rule.reviewed_on))
                    for rule in versions
                )
                for id, versions in self.rules.items()
            },
        )


def read_pack(texts: Mapping[str, str]) -> Pack:
    """Read a pack from the texts of its TOML files by name. Raises Misconfigured, a sentence."""
    rules: dict[str, list[Rule]] = {}
    words: dict[str, dict[str, Named]] = {"steps": {}, "events": {}, "uncertain": {}}
    for name, text in texts.items():
        found = _parsed(name, text)
        for row in found.get("rule", []):
            rule = _rule(row)
            rules.setdefault(rule.id, []).append(rule)
        for kind, named in words.items():
            named.update(
                {code: _named(kind, code, row) for code, row in found.get(kind, {}).items()}
            )
    pack = Pack(
        {id: _in_order(id, versions) for id, versions in rules.items()},
        words["steps"],
        words["events"],
        words["uncertain"],
    )
    _check_complete(pack)
    return pack


def _parsed(name: str, text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise Misconfigured(
            gettext_noop("Le paquet de règles {name} n'est pas du TOML : {why}."),
            name=name,
            why=str(wrong),
        ) from None


def _named(kind: str, code: str, row: Mapping[str, Any]) -> Named:
    if not (row.get("fr") and row.get("en")) or (kind == "steps" and row.get("whose") not in WHOSE):
        raise Misconfigured(
            gettext_noop("Dans le paquet de règles, {code} n'a pas ses mots : fr, en (et whose)."),
            code=code,
        )
    return Named(code, **row)


def _wrong(rule: str, sentence: str, **values: object) -> Misconfigured:
    return Misconfigured(sentence, rule=rule, **values)


def _rule(row: Mapping[str, Any]) -> Rule:
    id = str(row.get("id") or "?")
    _check_said(id, row)
    _check_known(id, row)
    until = row["valid_to"]
    if until != IN_FORCE and until < row["valid_from"]:
        raise _wrong(
            id,
            gettext_noop("La règle {rule} finit avant de commencer : voyez valid_from, valid_to."),
        )
    basis = tuple(row["basis"])
    return Rule(
        id=id,
        trigger=tuple(row["trigger"]),
        step=row["step"],
        formula=row["formula"],
        counted=row.get("counted", basis[0]),
        basis=basis,
        sure=row["sure"],
        uncertain=tuple(row.get("uncertain", ())),
        opposable_if=tuple(row.get("opposable_if", ())),
        valid_from=row["valid_from"],
        valid_to=None if until == IN_FORCE else until,
        older_texts=row.get("older_texts", ""),
        reviewed_on=row["reviewed_on"],
        vectors=tuple(row.get("vectors", ())),
        is_filed=row.get("is_filed", False),
        fr=row["fr"],
        en=row["en"],
    )


def _check_said(id: str, row: Mapping[str, Any]) -> None:
    for field in ("id", "trigger", "step", "formula", "basis", "sure", "fr", "en"):
        if not row.get(field):
            raise _wrong(
                id, gettext_noop("La règle {rule} n'a pas de « {field} » : dites-le."), field=field
            )
    for field in ("valid_from", "valid_to", "reviewed_on"):
        value = row.get(field)
        if type(value) is not date and not (field == "valid_to" and value == IN_FORCE):
            raise _wrong(
                id,
                gettext_noop(
                    "La règle {rule} n'a pas de « {field} » : c'est un jour, comme 2016-01-01 "
                    "(ou « in force » pour valid_to)."
                ),
                field=field,
            )


def _check_known(id: str, row: Mapping[str, Any]) -> None:
    known: tuple[tuple[str, Iterable[str], Iterable[str]], ...] = (
        ("trigger", row["trigger"], (*KNOWN, *STEPS, REFERRED)),
        ("step", (row["step"],), STEPS),
        ("formula", row["formula"].keys(), PARTS),
        ("formula", row["formula"].values(), FORMULAS),
        ("sure", (row["sure"],), SURE),
        ("opposable_if", row.get("opposable_if", ()), FLAGS),
    )
    for field, said, allowed in known:
        odd = sorted(set(said) - set(allowed))
        if odd:
            raise _wrong(
                id,
                gettext_noop(
                    "La règle {rule} dit « {odd} » dans « {field} » : nous ne le savons pas."
                ),
                odd=", ".join(odd),
                field=field,
            )


def _in_order(id: str, versions: Iterable[Rule]) -> tuple[Rule, ...]:
    ordered = tuple(sorted(versions, key=lambda rule: rule.valid_from))
    for older, newer in pairwise(ordered):
        if older.valid_to is None or older.valid_to >= newer.valid_from:
            raise _wrong(
                id,
                gettext_noop(
                    "Deux versions de la règle {rule} valent le {day} : finissez l'ancienne."
                ),
                day=newer.valid_from,
            )
    return ordered


def _check_no_gap(pack: Pack) -> None:
    """Check that a rule of the calculator counts facts of any day."""
    for id, versions in pack.rules.items():
        whole = bool(versions[0].older_texts) and versions[-1].valid_to is None
        for older, newer in pairwise(versions):
            ends = older.valid_to or newer.valid_from
            whole = whole and add_days(ends, 1) == newer.valid_from
        if not (whole or versions[0].is_filed):
            raise _wrong(
                id,
                gettext_noop(
                    "La règle {rule} ne vaut pas pour tous les jours : il manque une version, ou "
                    "le nom des textes plus anciens (older_texts)."
                ),
            )


def _check_complete(pack: Pack) -> None:
    _check_no_gap(pack)
    codes = {code for rule in pack.every() for code in rule.uncertain}
    missing = (
        *sorted(RULES - set(pack.rules)),
        *(step for step in STEPS if step not in pack.steps),
        *(event for event in CALCULATOR if event not in pack.events),
        *sorted(codes - set(pack.questions)),
    )
    if missing:
        raise Misconfigured(
            gettext_noop("Le paquet de règles n'est pas complet : il manque {missing}."),
            missing=", ".join(missing),
        )
