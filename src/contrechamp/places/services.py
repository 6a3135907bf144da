"""The one verb of places: put the gazetteer that came with the program into the tables."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib.resources import files
from itertools import islice
from typing import TypeVar

from django.db import transaction

from contrechamp.kernel.errors import Misconfigured, gettext_noop
from contrechamp.kernel.names import fold

from .models import Edition, PostalCode, Territory

TABLE = "data/territories.csv.gz"
BATCH = 2000
Row = TypeVar("Row")


def load_gazetteer(*, now: datetime) -> bool:
    """Fill the tables from the file in this package; answer whether there was anything to do.

    The whole of it is replaced, in one transaction, when the file is another than the one loaded
    last. Other rooms hold keys of territories as text, so nothing of theirs is touched.
    """
    packed = _packed()
    sha256 = hashlib.sha256(packed).hexdigest()
    if Edition.objects.filter(sha256=sha256).exists():
        return False
    with transaction.atomic():
        for model in (PostalCode, Territory, Edition):
            model.objects.all().delete()
        for rows in _batches(_read(packed)):
            Territory.objects.bulk_create(rows)
            PostalCode.objects.bulk_create(
                PostalCode(code=code, territory_id=row.key)
                for row in rows
                for code in row.postal_codes
            )
        Edition.objects.create(sha256=sha256, loaded_at=now)
    return True


def _packed() -> bytes:
    table = files("contrechamp.places").joinpath(TABLE)
    if not table.is_file():
        raise Misconfigured(
            gettext_noop(
                "Le répertoire des communes manque ({table}). "
                "Lancez « make setup » dans les sources, ou réinstallez le paquet."
            ),
            table=TABLE,
        )
    return table.read_bytes()


def _read(packed: bytes) -> Iterator[Territory]:
    text = io.StringIO(gzip.decompress(packed).decode())
    for row in csv.DictReader(text):
        yield Territory(
            key=row["key"],
            kind=row["kind"],
            code=row["code"],
            name=row["name"],
            slug=row["slug"],
            folded=fold(row["name"]),
            siren=row["siren"],
            postal_codes=row["postal_codes"].split(),
            population=int(row["population"]) if row["population"] else None,
            departement=row["departement"],
            region=row["region"],
            epci=row["epci"],
            parent=row["parent"],
            lon=float(row["lon"]) if row["lon"] else None,
            lat=float(row["lat"]) if row["lat"] else None,
            successor=row["successor"],
            former_codes=f" {row['former_codes']} " if row["former_codes"] else "",
        )


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch
