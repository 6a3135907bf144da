"""Home, map, territories, feeds, ways in: for everybody."""

from __future__ import annotations

import json

from django.utils.timezone import localdate

from contrechamp.lab import certificate
from contrechamp.lab.own import samples
from contrechamp.lab.own.audit import Options
from contrechamp.lab.own.auditing import audit
from contrechamp.web.services import own as services
from contrechamp.web.services.lab import folder
from tests.access.rows import DONE, EVERYBODY, GONE, REFUSED, Row, World

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


def kept_audit(world: World) -> list[object]:
    found = audit(samples.decisions(), Options())
    return [services.keep(found, days=7, owner=None, today=localdate()).key]


def kept_audit_and_secret(world: World) -> list[object]:
    (key,) = kept_audit(world)
    return [key, services.secret_of(str(key))]


def kept_audit_and_guess(world: World) -> list[object]:
    return [*kept_audit(world), "guessed"]


PLACES = {"commune": toulon, "epci": metropole, "departement": var, "region": paca}
NEVER_KEPT = ["nobodykeptthisone00000"]
OWN = [
    Row("web:own", EVERYBODY),
    Row("web:own-columns", (DONE,) * 5),
    Row("web:own-columns", EVERYBODY, method="POST", fields={"sample": "decisions"}),
    Row("web:own-result", (DONE,) * 5),
    Row("web:own-result", (REFUSED,) * 5, method="POST", fields={"table": "forged"}),
    Row("web:own-kept", EVERYBODY, kept_audit, about="kept"),
    Row("web:own-kept", NOBODY, lambda w: NEVER_KEPT, about="none", never=["another"]),
    Row("web:own-kept-json", EVERYBODY, kept_audit),
    Row("web:own-kept-pdf", EVERYBODY, kept_audit),
    Row("web:own-delete", EVERYBODY, kept_audit_and_secret, about="its secret"),
    Row("web:own-delete", (DONE,) * 5, kept_audit_and_secret, method="POST"),
    Row(
        "web:own-delete",
        NOBODY,
        kept_audit_and_guess,
        about="a guess",
        never=[*NEVER_KEPT, "guessed"],
    ),
]
ROWS = [
    *OWN,
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
