"""Pages of actions: opened from where one is, followed, published; their parts on others' pages."""

from __future__ import annotations

import pytest

from contrechamp.cases import services
from contrechamp.cases.domain.calendar import Dated, entries
from contrechamp.cases.domain.facts import Fact
from contrechamp.cases.domain.kinds import ActionKind, TargetKind
from contrechamp.cases.domain.openings import Attackable, Openness, openings
from contrechamp.cases.domain.outcomes import LEAST, Ended, by_kind, by_technology
from contrechamp.cases.models import Action
from contrechamp.foi.domain.facts import Kind as Asked
from contrechamp.kernel.icalendar import Entry, calendar
from contrechamp.watch.models import PublicAct
from tests import make
from tests.foi import requests
from tests.observatory import NOW
from tests.people import Person
from tests.watch.published_acts import publish  # noqa: F401

from .actions import at, judged, opened
from .facts import day, facts
