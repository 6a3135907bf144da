"""A manifest is written and read back the same, and every difference from it is named."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.kernel.errors import Refused
from contrechamp.opendata.domain.manifest import (
    BESIDE,
    Difference,
    Manifest,
    Part,
    differences,
    read,
    written,
)

NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,8}\.[a-z]{2,4}", fullmatch=True)
PARTS = st.lists(
    st.builds(
        Part,
        name=NAMES,
        bytes=st.integers(0, 10**12),
        sha256=st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
        rows=st.none() | st.integers(0, 10**7),
    ),
    max_size=6,
    unique_by=lambda part: part.name,
)


def manifest(parts: list[Part], previous: str = "") -> Manifest:
    return Manifest(
        made_on=date(2026, 3, 2),
        as_of="2026-03-01",
        licence="ODbL-1.0",
        previous=previous,
        tables={"nodes": 3},
        parts=tuple(sorted(parts, key=lambda part: part.name)),
    )


@given(PARTS, st.sampled_from(["", "a" * 64]))
def test_what_is_written_is_read_back(parts: list[Part], previous: str) -> None:
    said = manifest(parts, previous)
    assert read(written(said)) == said
    assert written(read(written(said))) == written(said)


@given(PARTS)
def test_a_folder_that_is_as_it_was_has_no_difference(parts: list[Part]) -> None:
    found = {part.name: (part.bytes, part.sha256) for part in parts}
    assert differences(manifest(parts), found, [*found, *BESIDE]) == []


@given(PARTS.filter(bool))
def test_what_is_missing_changed_or_added_is_named(parts: list[Part]) -> None:
    first, found = parts[0], {part.name: (part.bytes, part.sha256) for part in parts}
    longer = {**found, first.name: (first.bytes + 1, first.sha256)}
    assert differences(manifest(parts), longer, longer) == [
        Difference(name=first.name, what="changed")
    ]
    del found[first.name]
    assert differences(manifest(parts), found, found) == [
        Difference(name=first.name, what="missing")
    ]
    assert Difference(name="x", what="unlisted") in differences(manifest(parts), found, ["x"])


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".lock", "a\\b", "a\0b"])
def test_a_manifest_that_leads_out_of_its_folder_is_refused(name: str) -> None:
    said = json.loads(written(manifest([Part(name="a", bytes=1, sha256="0" * 64)])))
    said["files"][0]["name"] = name
    with pytest.raises(Refused):
        read(json.dumps(said).encode())


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"format": "x", "version": 1}', b"\xff"])
def test_what_is_no_manifest_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match=r"manifest\.json"):
        read(data)
