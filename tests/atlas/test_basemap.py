from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from contrechamp.atlas.queries import basemap, check_basemap
from contrechamp.kernel.errors import Misconfigured
from tests.atlas.tiles import pmtiles
from tests.people import Answer, Person

URL = "/carte/fond.pmtiles"


@pytest.fixture
def tiles(settings: Settings, tmp_path: Path) -> bytes:
    """An instance whose operator has put a base map in the data folder."""
    content = pmtiles()
    (tmp_path / "fond.pmtiles").write_bytes(content)
    settings.CONTRECHAMP = replace(
        settings.CONTRECHAMP, data=tmp_path, basemap="fond.pmtiles", basemap_credit="© Exemple"
    )
    return content


def asks(person: Person, range_: str = "", **headers: str) -> Answer:
    more = {"range": range_} if range_ else {}
    return Answer(person.browser.get(URL, headers={**more, **headers}))


def test_a_piece_is_sent_with_its_place_in_the_file(visitor: Person, tiles: bytes) -> None:
    answer = asks(visitor, "bytes=0-126")
    assert answer.status == 206
    assert answer.content == tiles[:127]
    assert answer.headers["Content-Range"] == f"bytes 0-126/{len(tiles)}"
    assert answer.headers["Content-Length"] == "127"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert asks(visitor, "bytes=-4").content == tiles[-4:]
    assert asks(visitor, "bytes=100-").content == tiles[100:]


@pytest.mark.parametrize("header", ["bytes=0-1,5-9", "bytes=99999999-", "bytes=9-1", "x"])
def test_several_pieces_and_none_are_refused(visitor: Person, tiles: bytes, header: str) -> None:
    answer = asks(visitor, header)
    assert answer.status == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(tiles)}"
    assert answer.content == b""


def test_without_a_range_the_whole_is_sent(visitor: Person, tiles: bytes) -> None:
    answer = asks(visitor)
    assert (answer.status, answer.content) == (200, tiles)
    head = visitor.browser.head(URL)
    assert head.headers["Content-Length"] == str(len(tiles))


def test_a_browser_that_holds_pieces_of_another_file_gets_the_whole(
    visitor: Person, tiles: bytes
) -> None:
    tag = asks(visitor, "bytes=0-9").headers["ETag"]
    assert asks(visitor, "bytes=0-9", **{"if-range": tag}).status == 206
    assert asks(visitor, "bytes=0-9", **{"if-range": '"other"'}).status == 200


def test_the_page_names_who_made_it(visitor: Person, tiles: bytes) -> None:
    page = visitor.opens("/carte?lieu=region:93").text
    assert 'data-basemap="/carte/fond.pmtiles"' in page
    assert 'data-basemap-kind="raster"' in page
    assert "Fond de carte : © Exemple." in page.replace("\u00a0", " ")


def test_without_one_there_is_none(visitor: Person) -> None:
    assert asks(visitor).status == 404
    assert "data-basemap" not in visitor.opens("/carte").text


def test_a_worker_may_start_from_our_own_origin_on_this_page_alone(visitor: Person) -> None:
    assert "worker-src 'self'" in visitor.opens("/carte").headers["Content-Security-Policy"]
    assert "worker-src" not in visitor.opens("/methode/").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("../fond.pmtiles", None, "qui se trouve dans le dossier"),
        ("/etc/passwd", None, "qui se trouve dans le dossier"),
        ("fond.mbtiles", b"", "donnez le chemin"),
        ("absent.pmtiles", None, "ne se lit pas"),
        ("texte.pmtiles", b"bonjour", "PMTiles de version 3"),
        ("ancien.pmtiles", b"PMTiles\x02" + bytes(200), "version 2"),
    ],
)
def test_a_base_map_that_cannot_be_used_stops_the_start(
    settings: Settings, tmp_path: Path, name: str, content: bytes | None, why: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, data=tmp_path, basemap=name)
    with pytest.raises(Misconfigured) as error:
        check_basemap()
    assert "CONTRECHAMP_BASEMAP" in str(error.value)
    assert why in str(error.value)
    assert basemap() is None


def test_a_link_out_of_the_data_folder_is_not_followed(settings: Settings, tmp_path: Path) -> None:
    outside, data = tmp_path / "outside.pmtiles", tmp_path / "data"
    data.mkdir()
    outside.write_bytes(pmtiles())
    (data / "fond.pmtiles").symlink_to(outside)
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, data=data, basemap="fond.pmtiles")
    with pytest.raises(Misconfigured):
        check_basemap()


def test_a_file_that_was_replaced_has_another_tag(settings: Settings, tiles: bytes) -> None:
    first = check_basemap()
    assert first
    first.path.write_bytes(pmtiles() + b"more")
    second = check_basemap()
    assert second
    assert first.tag != second.tag
