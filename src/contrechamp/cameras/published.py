"""What visitors may read of cameras: those shown, their data sets, and how many are authorised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.db.models import Count, F, Q, QuerySet

from contrechamp.cameras.domain.camera import Camera as Read
from contrechamp.cameras.domain.comparing import SEEN_FROM_THE_STREET, Comparison
from contrechamp.cameras.models import Camera, Dataset
from contrechamp.census import published as census

READ = (
    *("key", "lon", "lat", "kind", "scope", "zone", "direction", "angle", "height"),
    *("checked_on", "site"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A camera that visitors see: what it is, whence, and whether its commune is sure."""

    id: str
    camera: Read
    dataset: str
    commune: str
    near_border: bool


@dataclass(slots=True, kw_only=True)
class Found:
    """How many cameras of each kind of source were found in a commune."""

    volunteers: int = 0
    """In open maps and by people who looked, from the street."""
    listed: int | None = None
    """In lists of public bodies."""
    indoor: int = 0
    near_border: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)


def datasets() -> list[Dataset]:
    """Return the data sets that show a camera, the largest first."""
    shown = Camera.objects.filter(state=Camera.State.SHOWN).values("dataset")
    counts = dict(shown.annotate(n=Count("pk")).values_list("dataset", "n"))
    rows = Dataset.objects.filter(pk__in=counts)
    return sorted(rows, key=lambda one: (-counts[one.pk], one.pk))


def licences() -> dict[str, str]:
    """Return the licence of each data set."""
    return dict(Dataset.objects.values_list("pk", "licence"))


def cameras_in(insee: str) -> Iterator[Shown]:
    """Yield the cameras shown in a commune, by data set and key."""
    rows = _shown().filter(commune=insee).order_by("dataset", "key")
    return map(_read, rows.iterator())


def find_camera(key: str) -> Shown | None:
    """Return a camera that is shown, by identifier; None where there is none."""
    row = _shown().filter(pk=key).first()
    return _read(row) if row else None


def unseen_since(before: date, most: int) -> list[str]:
    """Return cameras of a commune that nobody noted since a day, those never dated first."""
    rows = _shown().exclude(commune="").filter(scope__in=("public", "traffic"))
    rows = rows.filter(Q(checked_on=None) | Q(checked_on__lt=before))
    oldest = F("checked_on").asc(nulls_first=True)
    return list(rows.order_by(oldest, "pk").values_list("pk", flat=True)[:most])


def all_cameras() -> Iterator[Shown]:
    """Yield every camera shown, by commune, data set and key, without holding them."""
    return map(_read, _shown().order_by("commune", "dataset", "key").iterator())


def found_in(communes: Iterable[str] | None = None) -> dict[str, Found]:
    """Return how many were found in each commune, by INSEE code: of these, or of all."""
    rows = _shown().exclude(commune="")
    if communes is not None:
        rows = rows.filter(commune__in=list(communes))
    grouped = rows.values_list("commune", "dataset__kind", "scope", "kind", "near_border")
    found: dict[str, Found] = defaultdict(Found)
    for insee, source, scope, kind, near, count in grouped.annotate(n=Count("pk")):
        one = found[insee]
        if scope not in SEEN_FROM_THE_STREET:
            one.indoor += count
        elif source == Dataset.Kind.LIST:
            one.listed = (one.listed or 0) + count
        else:
            one.volunteers += count
            one.near_border += count if near else 0
        one.by_kind[kind] = one.by_kind.get(kind, 0) + count
    return dict(found)


def comparison(insee: str) -> Comparison:
    """Return the numbers of one commune beside each other."""
    found = found_in([insee]).get(insee, Found())
    return compared(found, authorised().get(insee))


def compared(found: Found, allowed: int | None) -> Comparison:
    """Return found beside authorised."""
    return Comparison(
        authorised=allowed,
        found=found.volunteers,
        listed=found.listed,
        indoor=found.indoor,
        near_border=found.near_border,
    )


def authorised() -> dict[str, int]:
    """Return how many cameras are published as authorised in each commune, by INSEE code.

    Of each system the latest number: what the census says, public bodies' systems one by one.
    """
    return _authorised(census.edition())


@lru_cache(maxsize=1)
def _authorised(_edition: str) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for line in census.latest_numbers("cameras_authorised"):
        for key in line.territories:
            kind, _, code = key.partition(":")
            if kind == "commune":
                sums[code] += int(line.value)
    return dict(sums)


def _shown() -> QuerySet[Camera]:
    return Camera.objects.filter(state=Camera.State.SHOWN)


def _read(row: Camera) -> Shown:
    return Shown(
        id=row.pk,
        camera=Read(**{name: getattr(row, name) for name in READ}),
        dataset=row.dataset_id,
        commune=row.commune,
        near_border=row.near_border,
    )
