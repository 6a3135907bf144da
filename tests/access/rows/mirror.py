"""Mirrors: the page is for everybody, the list is kept by administrators."""

from __future__ import annotations

from datetime import UTC, datetime

from contrechamp.foundation import signing
from contrechamp.mirror import services
from tests.access.rows import DONE, EVERYBODY, GONE, SIGN_IN, Args, Row, World

NOW = datetime(2026, 3, 2, tzinfo=UTC)
ADMINISTRATORS_ACT = (SIGN_IN, GONE, GONE, GONE, DONE)


def known(world: World) -> Args:
    return [services.add_mirror("https://exemple.org/", operator="Le Relais", now=NOW).pk]


def key(world: World) -> Args:
    signing.own_keys()
    return ()


ROWS = [
    Row("mirror:mirrors", EVERYBODY),
    Row("mirror:key", EVERYBODY, key),
    Row(
        "mirror:add",
        ADMINISTRATORS_ACT,
        method="POST",
        fields={"address": "https://exemple.org/copie", "operator": "Le Relais"},
    ),
    Row(
        "mirror:add",
        (SIGN_IN, GONE, GONE, GONE, "409"),
        method="POST",
        about="no address",
        fields={"address": "exemple", "operator": "Le Relais"},
    ),
    Row("mirror:remove", ADMINISTRATORS_ACT, known, method="POST"),
]
