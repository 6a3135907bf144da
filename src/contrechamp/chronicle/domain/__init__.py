"""Rules of time: families of facts, periods, the legal clock, calendars. Pure."""

from __future__ import annotations

from contrechamp.kernel.icalendar import Entry, calendar

from .clock import Act, Term, terms_of
from .families import FAMILIES, family_of
from .periods import UNITS, Period, Step, heap_bounds, read_period, steps, unit_of
from .piles import Pile, pile

__all__ = [
    "FAMILIES",
    "UNITS",
    "Act",
    "Entry",
    "Period",
    "Pile",
    "Step",
    "Term",
    "calendar",
    "family_of",
    "heap_bounds",
    "pile",
    "read_period",
    "steps",
    "terms_of",
    "unit_of",
]
