"""Red flags: facts of a project that call for a question to the authority, never an accusation.

Words and texts: `vocabulary/red_flags.toml`, one rule here per code. A flag is raised on facts
that quote a passage, and only if a text that it rests on was in force on the day of the facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from contrechamp.foi.domain.catalogue import catalogue
from contrechamp.kernel.dates import add_months
from contrechamp.kernel.errors import gettext_noop

from .authorisation import state_of, still_holds
from .grounds import YES
from .lines import (
    SURE,
    Row,
    Validity,
    Words,
    check_fields,
    check_known,
    check_once,
    rows_of,
    validity_of,
    vocabulary,
    words_of,
    wrong,
)
from .questionnaire import (
    FAMILIES_OF,
    OUTSIDE_LIST,
    in_experiment,
    is_long_flight,
    over_a_month,
)
from .said import Said, What, codes_in, of
from .sources import QUESTIONS as OPEN_QUESTIONS
from .sources import Source, Sources, sources

FILE = "red_flags.toml"
FIELDS = (
    *("code", "title", "question", "sources", "proved_by", "valid_from", "valid_to", "sure"),
    "uncertain",
)
MOST_MONTHS_PROVISIONAL = 4
MOST_MONTHS_OF_SILENCE = 4
MOST_DAYS_FROM_THE_AIR = 7
VIDEO = "video_surveillance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of flag: its words, the texts that it rests on and the days that they hold."""

    code: str
    title: Words
    question: Words
    """What is asked of the authority."""
    sources: tuple[str, ...]
    proved_by: tuple[str, ...]
    validity: Validity
    sure: str
    uncertain: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A flag raised: facts that it quotes, the day that they are about, the texts of that day."""

    kind: Kind
    day: date
    quoted: tuple[Said, ...]
    sources: tuple[Source, ...]


Hit = tuple[date, tuple[Said, ...]]
"""The day that a rule looks at, and the facts that it quotes."""


def flags(
    facts: Sequence[Said],
    *,
    today: date,
    kinds: Mapping[str, Kind] | None = None,
    library: Sources | None = None,
) -> tuple[Flag, ...]:
    """Return the flags of a project on a day, in the order of the file."""
    found, rests_on = [], library or sources()
    for code, kind in (kinds or flag_kinds()).items():
        for day, quoted in RULES[code](facts, today):
            held = [rests_on.at(source, day) for source in kind.sources]
            texts = tuple(one for one in held if one is not None)
            if kind.validity.holds_on(day) and texts and all(one.quote for one in quoted):
                found.append(Flag(kind=kind, day=day, quoted=quoted, sources=texts))
    return tuple(found)


@cache
def flag_kinds() -> Mapping[str, Kind]:
    """Return the kinds of flags. Raises Misconfigured when the file is not whole."""
    return read_kinds(vocabulary(FILE), sources())


def read_kinds(text: str, rests_on: Sources) -> Mapping[str, Kind]:
    """Read the kinds from TOML, one per rule. Raises Misconfigured, a sentence naming the line."""
    found = [_kind(row, rests_on) for row in rows_of(FILE, text, "flag")]
    check_once(FILE, (one.code for one in found))
    if odd := sorted({one.code for one in found} ^ set(RULES)):
        raise wrong(
            FILE,
            odd[0],
            gettext_noop("{file} : {code} n'a pas à la fois ses mots et sa règle."),
        )
    return {one.code: one for one in found}


def _kind(row: Row, rests_on: Sources) -> Kind:
    check_fields(FILE, row, FIELDS, empty=("uncertain",))
    lists = (
        ("sources", rests_on.by_code),
        ("proved_by", catalogue()),
        ("sure", SURE),
        ("uncertain", OPEN_QUESTIONS),
    )
    for field, known in lists:
        check_known(FILE, row, field, known)
    return Kind(
        code=row["code"],
        title=words_of(FILE, row, "title"),
        question=words_of(FILE, row, "question"),
        sources=tuple(row["sources"]),
        proved_by=tuple(row["proved_by"]),
        validity=validity_of(FILE, row),
        sure=row["sure"],
        uncertain=tuple(row["uncertain"]),
    )


def _expired(facts: Sequence[Said], today: date) -> Iterator[Hit]:
    """Raise when no act known still holds, unless the system was stopped or refused since."""
    held = state_of(facts)
    if held and not still_holds(held, today) and not of(facts, What.STOPPED):
        yield today, (held.act,)


def _none_found(facts: Sequence[Said], today: date) -> Iterator[Hit]:
    """Raise when acts of the day of use were read, and none authorises."""
    if of(facts, What.AUTHORISED, What.PROVISIONAL) or not _is_video(facts):
        return
    for used in of(facts, What.IN_USE):
        for read in of(facts, What.NOTHING_FOUND):
            if used.first and read.first and read.last and read.first <= used.first <= read.last:
                yield used.first, (used,)
                return


def _kept_too_long(facts: Sequence[Said], today: date) -> Iterator[Hit]:
    for one in of(facts, What.RETENTION):
        if one.number is not None and over_a_month(one.number) == YES and _is_video(facts):
            yield one.first or today, (one,)


def _purpose(facts: Sequence[Said], today: date) -> Iterator[Hit]:
    for one in of(facts, What.PURPOSE):
        if one.codes & OUTSIDE_LIST and _is_video(facts):
            yield one.first or today, (one,)


def _each(what: What) -> Callable[[Sequence[Said], date], Iterator[Hit]]:
    """Return the rule that raises on each fact of a kind."""

    def rule(facts: Sequence[Said], today: date) -> Iterator[Hit]:
        for one in of(facts, what):
            yield one.first or today, (one,)

    return rule


def _provisional(facts: Sequence[Said], today: date) -> Iterator[Hit]:
    for one in of(facts, What.PROVISIONAL):
        if one.first and one.last and one.last > add_months(one.first, MOST_MONTHS_PROVISIONAL):
            yield one.first, (one,)


def _runs_refused(facts: Sequence[Said], today: date) -> Iterator[Hit]:
    """Raise when a system is used more than four months after its application, nothing granted."""
    acts = of(facts, What.AUTHORISED, What.PROVISIONAL)
    for asked in of(facts, What.APPLIED):
        for used in of(facts, What.IN_USE):
            if not (asked.first and used.first):
                continue
            late = used.first > add_months(asked.first, MOST_MONTHS_OF_SILENCE)
            granted = any(act.first is None or act.first <= used.first for act in acts)
            if late and not granted:
                yield used.first, (asked, used)


def _no_assessment(facts: Sequence[Said], today: date) -> Iterator[Hit]:
    if codes_in(facts, What.IMPACT_ASSESSMENT) & {"exists", "published"}:
        return
    for one in of(facts, What.IMPACT_ASSESSMENT):
        if "none" in one.codes:
            yield one.first or today, (one,)


def _state_file(facts: Sequence[Said], today: date) -> Iterator[Hit]:
    """Raise for a State file of which acts were looked for and none is known."""
    looked = of(facts, What.NOTHING_FOUND)
    if looked and not of(facts, What.FOUNDING_ACT):
        for one in of(facts, What.STATE_FILE):
            yield one.first or looked[-1].last or today, (one,)


def _algorithmic(facts: Sequence[Said], today: date) -> Iterator[Hit]:
    """Raise for use or orders on a day when the experiment was not open."""
    if not codes_in(facts, What.TECHNOLOGY) & FAMILIES_OF["algorithmes"]:
        return
    for one in of(facts, What.IN_USE, What.EXPERIMENT):
        day = next((d for d in (one.first, one.last) if d and not in_experiment(d)), None)
        if day:
            yield day, (one,)


def _drone_order(facts: Sequence[Said], today: date) -> Iterator[Hit]:
    for one in of(facts, What.DRONE_ORDER):
        days = one.number or 0
        if is_long_flight(one) or days > MOST_DAYS_FROM_THE_AIR:
            yield one.first or today, (one,)
    for one in of(facts, What.DRONE_SOUND, What.DRONE_FACES):
        yield one.first or today, (one,)


def _is_video(facts: Sequence[Said]) -> bool:
    """Answer whether the rules of video protection are those of the project."""
    return VIDEO in codes_in(facts, What.TECHNOLOGY)


RULES: Mapping[str, Callable[[Sequence[Said], date], Iterator[Hit]]] = {
    "expired": _expired,
    "none-found": _none_found,
    "kept-too-long": _kept_too_long,
    "purpose": _purpose,
    "not-told": _each(What.NOT_TOLD),
    "homes": _each(What.HOMES),
    "provisional": _provisional,
    "file-incomplete": _each(What.FILE_LACKS),
    "runs-refused": _runs_refused,
    "no-assessment": _no_assessment,
    "state-file": _state_file,
    "algorithmic": _algorithmic,
    "drone-order": _drone_order,
    "remote-biometric": _each(What.REMOTE_BIOMETRIC),
}
