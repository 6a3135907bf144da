"""The kinds of action, the machine that each follows, and what it needs before."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class ActionKind(StrEnum):
    """What an action is (issue 7)."""

    ANNULMENT = "ANNULMENT"
    SUSPENSION = "SUSPENSION"
    LIBERTY = "LIBERTY"
    MEASURES = "MEASURES"
    CONTRACT = "CONTRACT"
    GRACIEUX = "GRACIEUX"
    HIERARCHICAL = "HIERARCHICAL"
    PREFECT = "PREFECT"
    COMPLAINT = "COMPLAINT"
    COLLECTIVE = "COLLECTIVE"
    REPORT = "REPORT"


class Machine(StrEnum):
    """Which table of states an action follows (design note `cases.md`, 3)."""

    COURT = "COURT"
    URGENT = "URGENT"
    """A claim of urgency that stands alone: référé-liberté, useful measures."""
    CONTRACT = "CONTRACT"
    COMPLAINT = "COMPLAINT"
    REPORT = "REPORT"


MACHINES: Mapping[ActionKind, Machine] = {
    ActionKind.ANNULMENT: Machine.COURT,
    ActionKind.SUSPENSION: Machine.COURT,
    ActionKind.GRACIEUX: Machine.COURT,
    ActionKind.HIERARCHICAL: Machine.COURT,
    ActionKind.PREFECT: Machine.COURT,
    ActionKind.LIBERTY: Machine.URGENT,
    ActionKind.MEASURES: Machine.URGENT,
    ActionKind.CONTRACT: Machine.CONTRACT,
    ActionKind.COMPLAINT: Machine.COMPLAINT,
    ActionKind.COLLECTIVE: Machine.COMPLAINT,
    ActionKind.REPORT: Machine.REPORT,
}


class TargetKind(StrEnum):
    """What an action is about."""

    ACT = "ACT"
    """An act of the watch, by the slug of its page."""
    REQUEST = "REQUEST"
    """A refused access request, `req-…`: no gracieux there (CRPA L412-4)."""
    DECISION = "DECISION"
    """A decision or a processing that the census tells of: `prj-…`, `clm-…`."""
    CONTRACT = "CONTRACT"
    """A contract of the census, `ctr-…`, or of the watch."""
    OTHER = "OTHER"


def is_access(target: TargetKind) -> bool:
    """Answer whether an action is about a refused access to documents (D20, T17)."""
    return target is TargetKind.REQUEST
