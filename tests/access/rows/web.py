"""Home, map, territories, feeds, ways in: for everybody."""

from __future__ import annotations

import json

from contrechamp.lab import certificate
from contrechamp.web.services.lab import folder
from tests.access.rows import EVERYBODY, GONE, Row, World

NOBODY = (GONE,) * 5


def toulon(world: World) -> list[object]:
    return ["83137-toulon"]


def metropole(world: World) -> list[object]:
    return ["248300543-metropole-toulon-provence-mediterranee"]


def var(world: World) -> list[object]:
    return ["83-var"]


def paca(world: World) -> list[object]:
    return ["93-provence-alpes-cote-d-azur"]


def urn(world: World) -> list[object]:
    return ["loop-urn"]


def share(world: World) -> list[object]:
    return ["loop-urn", "share"]


def sealed(world: World) -> list[object]:
    """A certificate that was kept."""
    content = certificate.make(
        experiment="gone", version=1, params={}, seed=0, inputs={}, numbers={}, checks=()
    )
    folder.keep_certificate(content["sha256"], json.dumps(content).encode())
    return [content["sha256"]]


PLACES = {"commune": toulon, "epci": metropole, "departement": var, "region": paca}
ROWS = [
    Row("web:home", EVERYBODY),
    Row("web:home-name", ("301",) * 5),
    *(Row(f"web:home-{kind}", EVERYBODY) for kind in ("json", "csv", "atom", "jsonfeed")),
    *(Row(f"web:towns-{kind}", EVERYBODY, query="?q=saint-denis") for kind in ("json", "csv")),
    *(
        Row(f"web:{place}-{kind}", EVERYBODY, thing)
        for place, thing in PLACES.items()
        for kind in ("json", "csv", "geojson", "jsonfeed")
    ),
    *(
        Row(f"web:commune-{kind}", NOBODY, lambda w: ["99999-x"], about="unknown", never=["0-y"])
        for kind in ("json", "csv", "geojson", "jsonfeed")
    ),
    Row("web:door", EVERYBODY, lambda world: ["source"]),
    Row("web:door", NOBODY, lambda world: ["voisin"], about="unknown", never=["nulle-part"]),
    Row("web:about", EVERYBODY),
    Row("web:alert", EVERYBODY),
    Row("web:towns", EVERYBODY),
    Row("web:lab-cards", EVERYBODY),
    Row("web:lab-cards", EVERYBODY, query="?technique=audio_surveillance", about="asked"),
    Row("web:lab-cards", ("302",) * 5, query="?sujet=rien", about="unknown"),
    *(Row(f"web:lab-cards-{kind}", EVERYBODY) for kind in ("json", "csv", "atom", "jsonfeed")),
    Row("web:towns", EVERYBODY, query="?q=saint-denis", about="asked"),
    Row("web:feed", EVERYBODY),
    Row("web:commune", EVERYBODY, toulon),
    Row("web:commune", NOBODY, lambda w: ["99999-x"], about="unknown", never=["00000-y"]),
    Row("web:epci", EVERYBODY, metropole),
    Row("web:departement", EVERYBODY, var),
    Row("web:region", EVERYBODY, paca),
    Row("web:commune-feed", EVERYBODY, toulon),
    Row("web:epci-feed", EVERYBODY, metropole),
    Row("web:departement-feed", EVERYBODY, var),
    *(Row(f"web:lab{kind}", EVERYBODY) for kind in ("", "-json", "-csv", "-atom", "-jsonfeed")),
    *(Row(f"web:lab-verification{kind}", EVERYBODY) for kind in ("", "-json", "-csv")),
    *(Row(f"web:lab-experiment{kind}", EVERYBODY, urn) for kind in ("", "-json", "-csv")),
    *(Row(f"web:lab-figure-{kind}", EVERYBODY, share) for kind in ("svg", "csv", "vega")),
    *(Row(f"web:lab-certificate{kind}", EVERYBODY, sealed) for kind in ("", "-json")),
    *(
        Row(f"web:lab-experiment{kind}", NOBODY, lambda w: ["nope"], about="unknown", never=["x"])
        for kind in ("", "-json", "-csv")
    ),
    Row("web:region-feed", EVERYBODY, paca),
]
