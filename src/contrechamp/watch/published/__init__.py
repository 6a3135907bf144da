"""What visitors may read of the watch: `PublicAct` and its rows, nothing else."""

from __future__ import annotations

from .acts import (
    Act,
    Filter,
    acts_and_marks,
    acts_between,
    acts_called,
    acts_of,
    all_acts,
    changed_acts,
    changed_since,
    count_of,
    due_acts,
    filtered,
    find_act,
    moments_before,
    next_due,
    open_acts,
    open_rows,
    page_of_acts,
    same_decision,
    some_acts,
    twin_counts,
)
from .sums import counted, first_day
from .tables import act_rows, company_rows, place_rows

__all__ = [
    "Act",
    "Filter",
    "act_rows",
    "acts_and_marks",
    "acts_between",
    "acts_called",
    "acts_of",
    "all_acts",
    "changed_acts",
    "changed_since",
    "company_rows",
    "count_of",
    "counted",
    "due_acts",
    "filtered",
    "find_act",
    "first_day",
    "moments_before",
    "next_due",
    "open_acts",
    "open_rows",
    "page_of_acts",
    "place_rows",
    "same_decision",
    "some_acts",
    "twin_counts",
]
