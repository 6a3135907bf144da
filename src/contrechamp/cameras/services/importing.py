"""Cameras of a file come in: the same file again changes nothing, a later one says what changed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction

from contrechamp.cameras.domain.camera import Camera as Read
from contrechamp.cameras.domain.lists import read_list
from contrechamp.cameras.domain.osm import NOTICE, Unread, read_nodes
from contrechamp.cameras.domain.where import Communes, Placed
from contrechamp.cameras.models import Camera, Dataset
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.places import queries as places

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

FIELDS = (
    *("lon", "lat", "commune", "near_border", "kind", "scope", "zone", "direction", "angle"),
    *("height", "checked_on", "site"),
)
AT_ONCE = 500
State = Camera.State


@dataclass(slots=True, kw_only=True)
class Imported:
    """What an import did: cameras read, new, changed, gone, placed in no commune, and not read."""

    read: int = 0
    new: int = 0
    changed: int = 0
    gone: int = 0
    unplaced: int = 0
    unread: Counter[str] = field(default_factory=Counter)


def import_cameras(
    content: bytes,
    *,
    kind: str,
    slug: str,
    title: str,
    actor: User,
    now: datetime,
    licence: str = "",
    url: str = "",
    as_of: date | None = None,
) -> Imported:
    """Bring in a file of cameras, in one transaction; what it no longer holds is marked as gone.

    `kind`: osm (GeoJSON or Overpass JSON) or list (CSV). Raises Refused when the file cannot be
    read or holds no camera: an empty file never empties a map.
    """
    if not actor.is_editor:
        raise Refused(gettext_noop("Seul un éditeur peut importer des caméras."))
    read = list(_cameras(content, kind, slug))
    report = Imported()
    fresh: dict[str, Read] = {}
    for each in read:
        if isinstance(each, Unread):
            report.unread[each.code] += 1
        else:
            fresh[each.key] = each
    if not fresh:
        raise Refused(gettext_noop("Ce fichier ne contient aucune caméra lisible."))
    report.read = len(fresh)
    with transaction.atomic():
        dataset = _dataset(kind, slug, title, licence, url)
        _write(dataset, fresh, report, now)
        dataset.as_of, dataset.sha256 = as_of, sha256(content).hexdigest()
        dataset.imported_at, dataset.imported_by = now, actor
        dataset.report = _plain(report)
        dataset.save()
    return report


@transaction.atomic
def remove_dataset(slug: str, *, actor: User) -> int:
    """Take a data set and all its cameras away; return how many cameras went."""
    if not actor.is_editor:
        raise Refused(gettext_noop("Seul un éditeur peut retirer des caméras."))
    dataset = Dataset.objects.filter(pk=slug).first()
    if dataset is None:
        raise Refused(gettext_noop("Il n'y a pas de jeu de caméras « {slug} »."), slug=slug)
    count = dataset.cameras.count()
    dataset.delete()
    return count


def _cameras(content: bytes, kind: str, slug: str) -> Iterator[Read | Unread]:
    if kind == Dataset.Kind.LIST:
        return read_list(content, slug)
    if kind != Dataset.Kind.OSM:
        raise Refused(gettext_noop("« {kind} » n'est pas une sorte de fichier connue."), kind=kind)
    return read_nodes(iter(_nodes(content)))


def _nodes(content: bytes) -> list[dict[str, Any]]:
    try:
        plain = json.loads(content)
    except ValueError as error:
        raise Refused(
            gettext_noop("Ce n'est pas du JSON : {error}. Donnez un fichier GeoJSON ou Overpass."),
            error=str(error),
        ) from error
    nodes = plain.get("features") or plain.get("elements") if isinstance(plain, dict) else None
    if not isinstance(nodes, list):
        raise Refused(
            gettext_noop("Ce JSON n'a ni « features » ni « elements » : est-ce une carte ?")
        )
    return [node for node in nodes if isinstance(node, dict)]


def _dataset(kind: str, slug: str, title: str, licence: str, url: str) -> Dataset:
    dataset, _ = Dataset.objects.select_for_update().get_or_create(
        pk=slug, defaults={"kind": kind, "title": title}
    )
    if dataset.kind != kind:
        raise Refused(
            gettext_noop("« {slug} » existe déjà et vient d'ailleurs : choisissez un autre nom."),
            slug=slug,
        )
    dataset.title, dataset.url = title or dataset.title, url or dataset.url
    dataset.licence = licence or dataset.licence or ("ODbL 1.0" if kind == Dataset.Kind.OSM else "")
    dataset.notice = NOTICE if kind == Dataset.Kind.OSM else dataset.notice
    return dataset


def _write(dataset: Dataset, fresh: dict[str, Read], report: Imported, now: datetime) -> None:
    there = {camera.key: camera for camera in dataset.cameras.all()}
    new, changed = [], []
    # Neighbours one after the other: the outlines of a few départements are held at a time.
    for key, read in sorted(fresh.items(), key=_cell):
        place = find_commune(read.lon, read.lat)
        report.unplaced += place is None
        values = _values(read, place)
        known = there.get(key)
        if known is None:
            new.append(Camera(dataset=dataset, key=key, first_at=now, changed_at=now, **values))
        elif known.state == State.GONE or any(getattr(known, k) != v for k, v in values.items()):
            for name, value in values.items():
                setattr(known, name, value)
            known.state = State.SHOWN if known.state == State.GONE else known.state
            known.changed_at = now
            changed.append(known)
    gone = [c for k, c in there.items() if k not in fresh and c.state == State.SHOWN]
    for camera in gone:
        camera.state, camera.changed_at = State.GONE, now
    Camera.objects.bulk_create(new, batch_size=AT_ONCE)
    Camera.objects.bulk_update([*changed, *gone], [*FIELDS, "state", "changed_at"], AT_ONCE)
    report.new, report.changed, report.gone = len(new), len(changed), len(gone)


def _cell(item: tuple[str, Read]) -> tuple[int, int, str]:
    key, read = item
    return round(read.lon), round(read.lat), key


def _values(read: Read, place: Placed | None) -> dict[str, Any]:
    values = {name: getattr(read, name) for name in FIELDS if hasattr(read, name)}
    return {
        **values,
        "commune": place.insee if place else "",
        "near_border": bool(place and place.near_border),
    }


def find_commune(lon: float, lat: float) -> Placed | None:
    """Return the commune that holds a point, by the outlines that we ship; None outside of all."""
    for code in _near(lon, lat):
        if found := _communes(code).find(lon, lat):
            return found
    return None


def _near(lon: float, lat: float) -> Iterable[str]:
    """Yield départements whose box holds a point: simplified borders leave thin gaps."""
    for code, (west, south, east, north) in _boxes().items():
        if west <= lon <= east and south <= lat <= north:
            yield code


@lru_cache(maxsize=1)
def _boxes() -> dict[str, tuple[float, float, float, float]]:
    boxes = {}
    for code, rings in places.departement_outlines().items():
        points = [point for ring in rings for point in ring]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        boxes[code] = (min(xs) - 0.01, min(ys) - 0.01, max(xs) + 0.01, max(ys) + 0.01)
    return boxes


@lru_cache(maxsize=16)
def _communes(departement: str) -> Communes:
    return Communes(places.commune_outlines(departement))


def _plain(report: Imported) -> dict[str, Any]:
    return {
        **{name: getattr(report, name) for name in ("read", "new", "changed", "gone", "unplaced")},
        "unread": dict(sorted(report.unread.items())),
    }
