"""Actions known from public sources: read from a file, and where they stand.

Nobody here leads them. Public texts give the day of a judgment and seldom that of a notification,
so no period is counted: the state is what the last text says, and no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from contrechamp.kernel import uncertain
from contrechamp.kernel.errors import Refused, gettext_noop

from .clock import Dates
from .facts import Fact, Kind, Outcome, after, last_of, of_kind, standing
from .kinds import MACHINES, ActionKind, Machine
from .lines import Row, check_fields, check_known, check_once, rows_of, wrong
from .needs import ALLOWED
from .states import State, Status
from .steps import Step

FILE = "actions.toml"
SIDES = ("CLAIMANT", "DEFENDANT", "INTERVENER")
NEEDED = ("code", "kind", "title", "about", "court", "technology", "sources", "facts", "parties")
MAY = ("projects", "territories", "attacks", "instances", "doubts")
DECIDED = (
    *(Kind.JUDGED, Kind.LIBERTY_RULED, Kind.MEASURES_RULED),
    *(Kind.SUSPENSION_GRANTED, Kind.SUSPENSION_REFUSED),
)
CONTESTED = (Kind.APPEALED, Kind.LIBERTY_APPEALED, Kind.URGENT_CASSATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something that happened, on a day or between two."""

    kind: Kind
    first: date
    last: date
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Court:
    """A court before which it stood. Days that no source gives are None."""

    court: str
    number: str = ""
    filed_on: date | None = None
    decided_on: date | None = None
    ecli: str = ""
    result: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """An organisation that took part; `ref` names its record in the census by data set and key."""

    side: str
    name: str
    number: str = ""
    ref: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAction:
    """One action as public sources tell it."""

    code: str
    kind: ActionKind
    title: str
    about: str
    court: str
    technology: str
    attacks: str
    doubts: str
    projects: tuple[tuple[str, str], ...]
    """Data set and key of each record of the census that it is about."""
    territories: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]
    """Title and address."""
    facts: tuple[Told, ...]
    instances: tuple[Court, ...]
    parties: tuple[Side, ...]


def read(text: str, *, technologies: Sequence[str], file: str = FILE) -> tuple[KnownAction, ...]:
    """Return the actions of a file. Raise `Misconfigured` where a line is not whole."""
    found = tuple(_action(file, row, technologies) for row in rows_of(file, text, "action"))
    check_once(file, (each.code for each in found))
    return found


def _action(file: str, row: Row, technologies: Sequence[str]) -> KnownAction:
    check_fields(file, row, NEEDED, may=MAY, empty=("technology",))
    check_known(file, row, "kind", tuple(ActionKind))
    if row["technology"]:
        check_known(file, row, "technology", technologies)
    kind = ActionKind(row["kind"])
    return KnownAction(
        code=row["code"],
        kind=kind,
        title=row["title"],
        about=row["about"],
        court=row["court"],
        technology=row["technology"],
        attacks=row.get("attacks", ""),
        doubts=row.get("doubts", ""),
        projects=tuple(_ref(file, row, each) for each in row.get("projects", ())),
        territories=tuple(row.get("territories", ())),
        sources=tuple(_source(file, row, each) for each in row["sources"]),
        facts=tuple(_told(file, row, each, kind) for each in row["facts"]),
        instances=tuple(_court(file, row, each) for each in row.get("instances", ())),
        parties=tuple(_side(file, row, each) for each in row["parties"]),
    )


def _ref(file: str, row: Row, text: str) -> tuple[str, str]:
    dataset, _, key = text.partition("#")
    if not (dataset and key):
        raise wrong(
            file,
            row["code"],
            gettext_noop("{file}, {code} : « {ref} » s'écrit comme depart-safe-city-2020#alicem."),
            ref=text,
        )
    return dataset, key


def _source(file: str, row: Row, said: Row) -> tuple[str, str]:
    url = str(said.get("url", ""))
    if urlsplit(url).scheme not in {"http", "https"} or not said.get("title"):
        raise wrong(
            file,
            row["code"],
            gettext_noop("{file}, {code} : une source a un titre et une adresse http."),
        )
    return str(said["title"]), url


def _told(file: str, row: Row, said: Row, kind: ActionKind) -> Told:
    code = said.get("kind", "")
    if code not in tuple(Kind) or Kind(code) not in ALLOWED[MACHINES[kind]]:
        raise wrong(
            file,
            row["code"],
            gettext_noop("{file}, {code} : « {kind} » n'arrive pas dans une action de la sorte."),
            kind=code,
        )
    first, last = _days(file, row, str(said.get("on", "")))
    values = {name: value for name, value in said.items() if name not in {"kind", "on"}}
    outcome = values.get("outcome")
    if (Kind(code) is Kind.JUDGED or outcome is not None) and outcome not in tuple(Outcome):
        raise wrong(
            file, row["code"], gettext_noop("{file}, {code} : l'issue manque ou est fausse.")
        )
    return Told(kind=Kind(code), first=first, last=last, values={**values, "is_known": True})


def _days(file: str, row: Row, text: str) -> tuple[date, date]:
    """Return the first and the last day that a date as written may mean."""
    try:
        said = uncertain.parse(text)
    except Refused:
        said = uncertain.UncertainDate()
    if said.earliest is None or said.latest is None:
        raise wrong(
            file,
            row["code"],
            gettext_noop("{file}, {code} : « {day} » ne dit pas entre quels jours."),
            day=text,
        )
    return said.earliest, said.latest


def _sure_day(file: str, row: Row, said: Row, name: str) -> date | None:
    """Return a day of a court, None where it is not known to the day."""
    if not said.get(name):
        return None
    first, last = _days(file, row, str(said[name]))
    return first if first == last else None


def _court(file: str, row: Row, said: Row) -> Court:
    result, decided = str(said.get("result", "")), _sure_day(file, row, said, "decided")
    if not said.get("court") or (result and result not in tuple(Outcome)):
        raise wrong(
            file,
            row["code"],
            gettext_noop("{file}, {code} : une instance nomme sa juridiction, et un résultat."),
        )
    return Court(
        court=str(said["court"]),
        number=str(said.get("number", "")),
        filed_on=_sure_day(file, row, said, "filed"),
        decided_on=decided,
        ecli=str(said.get("ecli", "")),
        result=result,
        source=str(said.get("source", "")),
    )


def _side(file: str, row: Row, said: Row) -> Side:
    if said.get("side") not in SIDES or not said.get("name"):
        raise wrong(
            file, row["code"], gettext_noop("{file}, {code} : une partie a un rôle et un nom.")
        )
    ref = said.get("record", "")
    return Side(
        side=said["side"],
        name=said["name"],
        number=str(said.get("number", "")),
        ref=_ref(file, row, ref) if ref else ("", ""),
    )


# Where it stands

SENTENCES: Mapping[State, str] = {
    State.CLAIM_FILED: gettext_noop(
        "La requête est déposée ; les sources publiques lues n'en disent pas la suite."
    ),
    State.FILED: gettext_noop(
        "La plainte est déposée ; les sources publiques lues n'en disent pas la suite."
    ),
    State.JUDGED: gettext_noop(
        "La décision est rendue ; les sources publiques lues ne disent pas si elle a été contestée."
    ),
    State.APPEAL: gettext_noop(
        "La décision a été contestée ; les sources publiques lues n'en disent pas la suite."
    ),
    State.OUTCOME: gettext_noop("La CNIL a répondu."),
    State.CLOSED: gettext_noop("L'action est terminée."),
}


def status(facts: Sequence[Fact], kind: ActionKind) -> Status:
    """Return where a known action stands: what was last told of it, without any period."""
    return Status(state=_state(standing(facts), kind), flags=frozenset(), dates=Dates(items={}))


def _state(facts: Sequence[Fact], kind: ActionKind) -> State:
    if of_kind(facts, Kind.WITHDRAWN, Kind.SETTLED, Kind.CARRIED_OUT):
        return State.CLOSED
    if decided := last_of(facts, *DECIDED):
        if of_kind(after(facts, decided), *CONTESTED):
            return State.APPEAL
        return State.CLOSED if decided.values.get("is_last") else State.JUDGED
    if MACHINES[kind] is Machine.COMPLAINT:
        is_said = of_kind(facts, Kind.COMPLAINT_OUTCOME, Kind.COMPLAINT_CLOSED)
        return State.OUTCOME if is_said else State.FILED
    return State.CLAIM_FILED


def outcome(facts: Sequence[Fact]) -> str:
    """Return how it ended, by the last decision; empty where it has not, or an appeal is open."""
    known = standing(facts)
    if of_kind(known, Kind.SETTLED):
        return Outcome.SETTLED
    ended = last_of(known, *DECIDED, Kind.COMPLAINT_OUTCOME)
    if ended is None or of_kind(after(known, ended), *CONTESTED):
        return ""
    return str(ended.values.get("outcome") or "")


def step(found: Status) -> Step:
    """Return the sentence that says where it stands: nothing is asked of the reader."""
    return Step(sentence=SENTENCES[found.state])
