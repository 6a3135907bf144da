"""Cameras come in from files."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from contrechamp.accounts.domain import Role
from contrechamp.cameras import services
from contrechamp.cameras.models import Camera, Dataset
from contrechamp.kernel.errors import Refused
from tests import make
from tests.shared import shared

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
LATER = datetime(2026, 12, 6, 9, tzinfo=UTC)


def file(*nodes: tuple[int, float, float], **tags: Any) -> bytes:
    """A file of nodes as (id, lon, lat)."""
    features = [
        {
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": {"id": key, "man_made": "surveillance", **tags},
        }
        for key, lon, lat in nodes
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def bring(content: bytes, now: datetime = NOW, **more: Any) -> services.Imported:
    """Import as an editor."""
    actor = make.user("relectrice", Role.EDITOR)
    values = {"kind": "osm", "slug": "osm", "title": "OpenStreetMap", **more}
    return services.import_cameras(content, actor=actor, now=now, **values)


TOULON, NICE, AT_SEA = (1, 5.9280, 43.1242), (2, 7.2620, 43.7102), (3, 6.5, 42.5)


@pytest.mark.django_db
def test_a_camera_is_put_into_its_commune() -> None:
    report = bring(file(TOULON, NICE, AT_SEA))
    assert (report.read, report.new, report.unplaced) == (3, 3, 1)
    found = dict(Camera.objects.values_list("key", "commune"))
    assert found == {"osm:1": "83137", "osm:2": "06088", "osm:3": ""}


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing() -> None:
    bring(file(TOULON, NICE))
    before = list(Camera.objects.order_by("key").values())
    report = bring(file(TOULON, NICE), LATER)
    assert (report.new, report.changed, report.gone) == (0, 0, 0)
    assert list(Camera.objects.order_by("key").values()) == before


@pytest.mark.django_db
def test_what_is_gone_is_marked_and_may_come_back() -> None:
    bring(file(TOULON, NICE))
    assert bring(file(TOULON), LATER).gone == 1
    assert Camera.objects.get(key="osm:2").state == Camera.State.GONE
    assert bring(file(TOULON, NICE), LATER).changed == 1
    assert Camera.objects.get(key="osm:2").state == Camera.State.SHOWN


@pytest.mark.django_db
def test_a_file_without_cameras_empties_no_map() -> None:
    bring(file(TOULON))
    for content in (b"not json", b"{}", file(), file(TOULON, man_made="mast")):
        with pytest.raises(Refused):
            bring(content, LATER)
    assert Camera.objects.filter(state="SHOWN").count() == 1


@pytest.mark.django_db
def test_only_an_editor_imports_and_removes() -> None:
    member = make.user("membre")
    with pytest.raises(Refused, match="éditeur"):
        services.import_cameras(
            file(TOULON), kind="osm", slug="osm", title="x", actor=member, now=NOW
        )
    bring(file(TOULON))
    with pytest.raises(Refused, match="éditeur"):
        services.remove_dataset("osm", actor=member)
    assert services.remove_dataset("osm", actor=make.user("relectrice", Role.EDITOR)) == 1
    assert not Dataset.objects.exists()


@pytest.mark.django_db
def test_the_notice_of_the_licence_is_kept() -> None:
    bring(file(TOULON))
    assert Dataset.objects.get().notice == "© OpenStreetMap contributors, ODbL 1.0"


@pytest.mark.django_db
def test_all_the_nodes_of_the_west_and_south_come_in() -> None:
    content = shared("osm_cameras/osm_surveillance_west_south.geojson").read_bytes()
    report = bring(content)
    assert report.new == 6573
    assert report.unplaced < 60
