"""What stands in the address of a list of requests, made valid."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from django.http import QueryDict

from contrechamp.foi.queries.listing import GROUPS, Filter
from contrechamp.kernel.ids import is_id

DEPARTEMENT = re.compile(r"[0-9][0-9AB][0-9]?")
LONGEST = 120


def read_filter(data: QueryDict) -> Filter:
    """Return what an address narrows a list to; what cannot be read narrows nothing."""
    group = data.get("etat", "")
    body, project = data.get("administration", ""), data.get("projet", "")
    campaign = data.get("campagne", "")
    departement = data.get("departement", "").strip().upper()
    return Filter(
        group=group if group in GROUPS else "",
        body=body if is_id(body, "bod") else "",
        departement=departement if DEPARTEMENT.fullmatch(departement) else "",
        project=project if is_id(project) else "",
        campaign=campaign if is_id(campaign, "cam") else "",
        text=" ".join(data.get("q", "").split())[:LONGEST],
    )


def query_of(wanted: Filter, **changed: str) -> str:
    """Return a filter as it stands in an address, some fields changed; empty for none."""
    values = {
        "etat": wanted.group,
        "administration": wanted.body,
        "departement": wanted.departement,
        "projet": wanted.project,
        "campagne": wanted.campaign,
        "q": wanted.text,
        **changed,
    }
    return urlencode([(name, value) for name, value in values.items() if value])
