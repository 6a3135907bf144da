"""The refusal reader: what a reply of a body says, quoted in place. It proposes, nothing more.

    read_reply(text, own_letters=[our_letter])      findings, kind, remedies, receipt facts

Each finding quotes the words that a rule of `foi/rules/refusals.toml` matched. Words that are not
the body's own (quoted blocks, our letter said again) do not count. Precision goes before recall:
a wrong reason would put a wrong paragraph into a letter that a person signs. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from contrechamp.kernel.errors import gettext_noop

from .cada_letters import CadaLetter, read_cada
from .canonical import Canonical, Span, canonical
from .clauses import is_cause, is_opposed, is_retold, is_title, is_undecided, neighbours
from .ignored import ignored
from .patterns import Rule, rules, tolerant
from .receipts import Receipt, Said, receipt, remedies


class ReplyKind(StrEnum):
    """What a reply is. The requester or a moderator decides; this is what is proposed."""

    REFUSAL = "REFUSAL"
    PARTIAL = "PARTIAL"
    DOCUMENTS = "DOCUMENTS"
    DOES_NOT_EXIST = "DOES_NOT_EXIST"
    ALREADY_PUBLIC = "ALREADY_PUBLIC"
    NOT_US = "NOT_US"
    FEE = "FEE"
    CLARIFICATION = "CLARIFICATION"
    ONLINE_SERVICE = "ONLINE_SERVICE"
    CONSULTATION = "CONSULTATION"
    PORTAL = "PORTAL"
    HOLDING = "HOLDING"
    ACKNOWLEDGEMENT = "ACKNOWLEDGEMENT"
    AUTOMATIC = "AUTOMATIC"
    CADA_LETTER = "CADA_LETTER"


REASONS: Mapping[str, str] = {
    "L311-5-1": gettext_noop("documents de certaines autorités, exclus par la loi"),
    "L311-5-2a": gettext_noop("délibérations du Gouvernement"),
    "L311-5-2b": gettext_noop("secret de la défense nationale"),
    "L311-5-2d": gettext_noop("sûreté de l'État, sécurité publique, des personnes, informatique"),
    "L311-5-2f": gettext_noop("procédures devant les juridictions"),
    "L311-5-2g": gettext_noop("recherche et prévention d'infractions"),
    "L311-5-2h": gettext_noop("autres secrets protégés par la loi"),
    "L311-6-privacy": gettext_noop("vie privée"),
    "L311-6-business": gettext_noop("secret des affaires"),
    "L311-6-judgment": gettext_noop("jugement sur une personne"),
    "L311-6-behaviour": gettext_noop("comportement d'une personne"),
    "L311-2-unfinished": gettext_noop("document inachevé"),
    "L311-2-preparatory": gettext_noop("document préparatoire"),
    "L311-2-public": gettext_noop("déjà public"),
    "L311-2-abusive": gettext_noop("demande abusive"),
    "L311-4": gettext_noop("droits d'auteur"),
    "L300-2": gettext_noop("pas un document administratif"),
    "not-held": gettext_noop("n'existe pas ou n'est pas détenu"),
    "none": gettext_noop("aucun motif"),
}
"""Reasons of refusal (design note foi.md, 1; `L311-4` and `L300-2` are met and were added)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Words of the reply that a rule read: `quote` is the original from `start` to `end`."""

    rule: str
    code: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is proposed. `remedies_stated` is None when the reply says nothing of remedies."""

    findings: tuple[Finding, ...] = ()
    proposed_kind: ReplyKind | None = None
    remedies_stated: bool | None = None
    remedies_quote: str = ""
    receipt: Receipt = field(default_factory=Receipt)
    cada: CadaLetter | None = None
    ignored: tuple[Span, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the reasons read, each once, in the order of the text."""
        return tuple(dict.fromkeys(one.code for one in self.findings if one.code))


_AUTOMATIC = re.compile(
    tolerant(
        r"reponse automatique|absente?s? (?:du bureau|jusqu|du \d)|absence du bureau|en mon absence"
        r"|je suis (?:actuellement |en )?(?:absente?|conges?|en conges?|en deplacement)"
        r"|out of office"
        r"|message (?:genere )?automatique(?:ment)?[^\n]{0,80}(?:absen|conge)"
    )
)
UNCLEAR = "refusal-unclear"
"""The rule of words that may be a reason: read only where a refusal gives none that is known."""
NO_REASON = "none"
"""The code of a refusal that gives no reason at all."""
_OF_CONTENT = frozenset({"REFUSAL", "DOES_NOT_EXIST", "ALREADY_PUBLIC", "DOCUMENTS", "PARTIAL"})
_PARTLY = frozenset({"REFUSAL", "DOES_NOT_EXIST", "ALREADY_PUBLIC", "NOT_US"})
_ORDER = (
    *("REFUSAL", "DOES_NOT_EXIST", "NOT_US", "ALREADY_PUBLIC", "DOCUMENTS", "ONLINE_SERVICE"),
    *("FEE", "CLARIFICATION", "CONSULTATION", "PORTAL", "ACKNOWLEDGEMENT", "HOLDING"),
)
"""Which kind a reply with several is: what decides before what only delays."""


def read_reply(text: str, *, own_letters: Sequence[str] = ()) -> Reading:
    """Return what a reply proposes, its matched words quoted in place."""
    unread = ignored(text, own_letters)
    letter = canonical(text, unread)
    if cada := read_cada(text):
        return Reading(proposed_kind=ReplyKind.CADA_LETTER, cada=cada, ignored=unread)
    if _AUTOMATIC.search(letter.text):
        return Reading(proposed_kind=ReplyKind.AUTOMATIC, ignored=unread)
    findings = _findings(letter, text)
    said = remedies(letter, text)
    return Reading(
        findings=findings,
        proposed_kind=_kind(findings),
        remedies_stated=_stated(said, findings),
        remedies_quote=said.quote if said else "",
        receipt=receipt(letter, text),
        ignored=unread,
    )


def _stated(said: Said | None, findings: Sequence[Finding]) -> bool | None:
    """Return whether remedies are stated; a refusal that says nothing of them states none."""
    if said is not None:
        return said.value == "stated"
    is_refused = any(one.code or rule_named(one.rule).kind == "REFUSAL" for one in findings)
    return False if is_refused else None


@dataclass(frozen=True, slots=True)
class _Page:
    """A letter cut in sentences, with what each of them is and which ones stand by it."""

    letter: Canonical
    text: str
    sentences: Sequence[Span]
    near: Sequence[Sequence[int]]
    retold: Sequence[bool]
    undecided: Sequence[bool]


def _page(letter: Canonical, text: str) -> _Page:
    sentences = letter.sentences()
    said = [letter.text[start:end] for start, end in sentences]
    return _Page(
        letter,
        text,
        sentences,
        neighbours(letter.text, sentences),
        [is_retold(one) for one in said],
        [is_undecided(one) for one in said],
    )


def _findings(letter: Canonical, text: str) -> tuple[Finding, ...]:
    """Return what is read: words that refuse for a reason, then reasons named beside a refusal.

    A reason that is only named counts when a refusal stands by it, and anywhere in the letter
    when nothing nearer gives the refusal its reason.
    """
    page = _page(letter, text)
    spoken = [rule for rule in rules() if not rule.silent and rule.id != UNCLEAR]
    refused = _refusing(page, [rule for rule in spoken if rule.refuses])
    withheld = _refusing(page, [rule for rule in rules() if rule.silent])
    found = [
        finding
        for rule in spoken
        for n in range(len(page.sentences))
        for finding in _in_sentence(rule, page, n) or _named(rule, page, n, refused, withheld)
    ]
    given = _refusing(page, [rule for rule in spoken if rule.kind == ReplyKind.DOCUMENTS])
    others = [n for n in range(len(page.sentences)) if n not in given]
    if refused and not _has_reason(found):
        found += [one for rule in spoken for n in others for one in _named(rule, page, n)]
    if any(one.code == NO_REASON for one in found) and not _has_reason(found):
        found += [one for n in others for one in _named(rule_named(UNCLEAR), page, n)]
    return tuple(sorted(_settled(found), key=lambda one: (one.start, one.end, one.rule)))


def _refusing(page: _Page, of: Sequence[Rule]) -> set[int]:
    """Return the sentences that one of these rules reads."""
    return {
        n for n in range(len(page.sentences)) if any(_in_sentence(rule, page, n) for rule in of)
    }


def _has_reason(found: Sequence[Finding]) -> bool:
    return any(one.code not in ("", NO_REASON) for one in found)


def _settled(found: Sequence[Finding]) -> list[Finding]:
    """Leave out "no reason" beside a reason, and an article named alone beside its own reason."""
    rule = {one.rule: rule_named(one.rule) for one in found}
    clear = {one.code for one in found if not rule[one.rule].yields_to}
    kept = [
        one
        for one in found
        if not any(code.startswith(rule[one.rule].yields_to or "-") for code in clear)
    ]
    is_reasoned = any(
        one.code != NO_REASON and rule[one.rule].kind == ReplyKind.REFUSAL for one in kept
    )
    if is_reasoned or _has_reason(kept):
        kept = [one for one in kept if one.code != NO_REASON]
    return kept


def _in_sentence(rule: Rule, page: _Page, n: int) -> list[Finding]:
    """Return at most one finding: the first words of a sentence that the rule reads."""
    words, (start, end) = page.letter.text, page.sentences[n]
    match = rule.reads.search(words, start, end)
    if match is None or not match.group().strip():
        return []
    if rule.kind in _OF_CONTENT and page.retold[n]:
        return []
    if rule.code and page.undecided[n]:
        return []
    if rule.unless and rule.unless.search(words[start:end]):
        return []
    if rule.unless_before and rule.unless_before.search(words, start, match.start()):
        return []
    if rule.is_reason and not is_opposed(words, (start, end), match.span()):
        return []
    if rule.near and not any(rule.near.search(words, *page.sentences[by]) for by in page.near[n]):
        return []
    return [_finding(rule, page, match.span())]


def _named(
    rule: Rule,
    page: _Page,
    n: int,
    refused: set[int] | None = None,
    withheld: frozenset[int] | set[int] = frozenset(),
) -> list[Finding]:
    """Return the first words of a sentence that name the rule's reason beside a refusal.

    `refused`: the sentences that refuse, None when the whole letter does; `withheld`: those that
    may, whose reason must be in the same sentence.
    """
    if rule.names is None or page.retold[n] or page.undecided[n]:
        return []
    if refused is not None and n not in withheld and refused.isdisjoint(page.near[n]):
        return []
    words, sentence = page.letter.text, page.sentences[n]
    if rule.unless and rule.unless.search(words[slice(*sentence)]):
        return []
    is_refusing = refused is not None and n in refused
    for match in rule.names.finditer(words, *sentence):
        is_said = (
            not is_title(words, sentence, match.start())
            if match.groupdict().get("said")
            else is_cause(words, sentence, match.span(), refused=is_refusing)
        )
        if is_said and is_opposed(words, sentence, match.span()):
            return [_finding(rule, page, match.span())]
    return []


def _finding(rule: Rule, page: _Page, match: Span) -> Finding:
    at, to = page.letter.original(*match)
    return Finding(rule.id, rule.code, at, to, page.text[at:to])


def _kind(findings: Sequence[Finding]) -> ReplyKind | None:
    """Return the kind that a reply with these findings is, None when nothing was read."""
    known = {rule.id: rule.kind for rule in rules()}
    kinds = {known[one.rule] for one in findings}
    if "PARTIAL" in kinds or ("DOCUMENTS" in kinds and kinds & _PARTLY):
        return ReplyKind.PARTIAL
    return next((ReplyKind(kind) for kind in _ORDER if kind in kinds), None)


@cache
def _by_name() -> Mapping[str, Rule]:
    return {rule.id: rule for rule in rules()}


def rule_named(name: str) -> Rule:
    """Return a rule by its id; raises KeyError when there is none."""
    return _by_name()[name]
