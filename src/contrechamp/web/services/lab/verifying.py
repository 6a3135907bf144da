"""The table of all that is quoted, computed again each night and kept: never in a request.

It also computes the results that pages begin with, and writes down what changed since the table
before: experiments, references, checks that fail. That list is the laboratory's feed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from contrechamp.lab import certificate, references
from contrechamp.lab.errors import LabRefused, MissingInput
from contrechamp.lab.verify import Verification, verify

from . import folder, running

TABLE, CHANGES = "verification.json", "changes.json"
MOST_CHANGES = 200
HOUR = 4
"""Of the night: when the least is asked of the machine."""
_tried: list[datetime] = []
AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """The last table, and when it was made."""

    at: datetime
    verify: Mapping[str, Any]
    """As `contrechamp lab verify --json` prints it."""
    seconds: Mapping[str, float]
    """Processor time by experiment."""
    references: str
    """Hash of the references that it was held against."""
    experiments: Mapping[str, int]
    """Version by experiment."""

    @property
    def libraries(self) -> Mapping[str, str]:
        """Return the versions that it was made with."""
        return dict(self.verify["certificate"]["libraries"])

    @property
    def is_current(self) -> bool:
        """Whether this very program made it, with these experiments and references."""
        return (
            self.libraries == certificate.libraries()
            and self.references == fingerprint()
            and self.experiments == versions()
        )

    def failed(self, experiment: str) -> list[str]:
        """Return the ids of the checks of an experiment that do not hold."""
        return [
            str(each["id"])
            for each in self.verify["checks"]
            if each["experiment"] == experiment and each["status"] == "fail"
        ]


def last() -> Verified | None:
    """Return the table that was made last, or None."""
    content = folder.read(TABLE)
    if content is None:
        return None
    try:
        data = json.loads(content)
        return Verified(
            at=datetime.fromisoformat(data["at"]),
            verify=data["verify"],
            seconds=data["seconds"],
            references=data["references"],
            experiments=data["experiments"],
        )
    except (ValueError, KeyError, TypeError):
        return None


def is_due() -> bool:
    """Answer whether it is time: none yet, another program, or a night since."""
    now = timezone.now()
    if _tried and now - _tried[-1] < AGAIN:
        return False
    known = last()
    if known is None or not known.is_current:
        return True
    local = timezone.localtime(now)
    return local.hour == HOUR and timezone.localtime(known.at).date() < local.date()


def verify_and_keep() -> Verified | None:
    """Compute everything now, keep the table, and say what changed since the one before."""
    _tried[:] = [timezone.now()]
    before = last()
    compute_defaults()
    made = verify(folder=running.inputs())
    data = table_of(made)
    note_changes(before, data, now=timezone.now())
    folder.write(TABLE, json.dumps(data, ensure_ascii=False).encode())
    content = json.dumps(made.certificate, ensure_ascii=False, indent=1)
    folder.keep_certificate(str(made.certificate["sha256"]), content.encode())
    return last()


def compute_defaults() -> None:
    """Compute what pages begin with, where it is not kept yet."""
    for experiment in running.experiments():
        asked = running.default_of(experiment)
        # A file that this machine lacks: its page says which.
        with suppress(MissingInput, LabRefused):
            if running.kept(asked) is None:
                running.compute(asked)


def table_of(made: Verification) -> dict[str, Any]:
    """Return the table as it is kept."""
    return {
        "at": timezone.now().isoformat(),
        "verify": made.to_json(),
        "seconds": dict(made.seconds),
        "references": fingerprint(),
        "experiments": versions(),
    }


def versions() -> dict[str, int]:
    """Return the version of each experiment."""
    return {each.id: each.version for each in running.experiments()}


def fingerprint() -> str:
    """Return the hash of all references."""
    rows = sorted(f"{key} {row.value!r} {row.seen}" for key, row in _references().items())
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _references() -> Mapping[str, references.Reference]:
    return references.table().references


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that changed in the laboratory."""

    key: str
    kind: str
    """new, version, reference, failed or gone."""
    about: str
    """Id of an experiment, or of a reference."""
    at: datetime


def changes() -> list[Change]:
    """Return what changed, newest first."""
    try:
        rows = json.loads(folder.read(CHANGES) or b"[]")
        return [
            Change(
                key=row["key"],
                kind=row["kind"],
                about=row["about"],
                at=datetime.fromisoformat(row["at"]),
            )
            for row in rows
        ]
    except (ValueError, KeyError, TypeError):
        return []


def note_changes(before: Verified | None, data: Mapping[str, Any], *, now: datetime) -> None:
    """Write down what is new in a table."""
    rows = [
        {"key": f"{kind}-{about}-{now:%Y%m%dT%H%M%S}", "kind": kind, "about": about}
        for kind, about in _news(before, data)
    ]
    if rows:
        known = json.loads(folder.read(CHANGES) or b"[]")
        dated = [{**row, "at": now.isoformat()} for row in rows]
        folder.write(CHANGES, json.dumps([*dated, *known][:MOST_CHANGES]).encode())


def _news(before: Verified | None, data: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    known = before.experiments if before else {}
    for name, version in data["experiments"].items():
        if name not in known:
            yield "new", name
        elif known[name] != version:
            yield "version", name
    yield from (("gone", name) for name in known if name not in data["experiments"])
    if before is None:
        return
    old = {each["id"]: each for each in before.verify["checks"]}
    for each in data["verify"]["checks"]:
        was = old.get(each["id"])
        if was and was["expected"] != each["expected"]:
            yield "reference", each["id"]
        if each["status"] == "fail" and (was is None or was["status"] != "fail"):
            yield "failed", each["id"]
