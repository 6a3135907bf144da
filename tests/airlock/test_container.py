"""The container: every length is a bucket, names cannot hurt, and nothing hides in it."""

from __future__ import annotations

import hashlib
import io
import json
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from airlock import container, framing, reading

from .conftest import FACTS, plain_dossier
from .make_vectors import CASES, dossier

Refusal = framing.ContainerError
NAMES = st.text(st.sampled_from("/.\0\u202e\u00e9a\n\ud800"), max_size=260)
FILES = st.lists(st.tuples(NAMES, st.integers(0, 70_000)), max_size=8)


def _read(data: bytes, folder: Path) -> reading.Manifest:
    path = folder / "container"
    path.write_bytes(data)
    return reading.read(path)


@settings(max_examples=40, deadline=None)
@given(files=FILES, message=st.text(max_size=300))
def test_every_length_is_a_bucket_and_what_was_given_comes_out(
    files: list[tuple[str, int]], message: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("c")
    data = plain_dossier(tuple((name, bytes(size)) for name, size in files), message)
    assert len(data) in container.BUCKETS

    (folder / "c").write_bytes(data)
    into = folder / "into"
    into.mkdir()
    manifest = reading.read(folder / "c", into)

    assert [piece.size for piece in manifest.pieces] == [size for _, size in files]
    assert (into / "message.txt").read_bytes() == message.encode()
    named = [name[:200].encode("utf-8", "replace").decode() for name, _ in files]
    assert [piece.name for piece in manifest.pieces] == named
    extracted = {path.relative_to(into).parts[0] for path in into.rglob("*") if path.is_file()}
    assert extracted <= {"message.txt", "pieces"}


def test_the_containers_are_those_of_the_vectors() -> None:
    held = json.loads((Path(__file__).parent / "vectors/container.json").read_text())
    for (title, pieces, message), row in zip(CASES, held["cases"], strict=True):
        data = dossier(pieces, message, held["facts"])
        assert len(data) == row["bucket"], title
        assert hashlib.sha256(data).hexdigest() == row["sha256"], title


def test_an_archive_manager_opens_it() -> None:
    with zipfile.ZipFile(io.BytesIO(plain_dossier((("a.pdf", b"abc"),)))) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert names == ["pieces/01.pdf", "message.txt", "manifest.json", "padding.bin"]
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_changed_byte_anywhere_is_refused(tmp_path: Path) -> None:
    data = plain_dossier((("a.pdf", b"abc"), ("b.txt", b"d" * 500)))
    start = data.index(b"padding.bin")
    played = random.Random(4)  # noqa: S311 - a test plays
    around = played.sample([*range(start + 11), *range(len(data) - 400, len(data))], 300)
    padding = [played.randrange(start, len(data)) for _ in range(40)]
    for at in [*around, *padding]:
        changed = bytearray(data)
        changed[at] ^= 1 << played.randrange(8)
        with pytest.raises(Refusal):
            _read(bytes(changed), tmp_path)


@pytest.mark.parametrize("size", [0, 22, 65535, 65536, 65537, 262144])
def test_what_is_no_container_is_refused(size: int, tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        _read(bytes(size), tmp_path)


def test_a_zip_of_another_hand_is_refused(tmp_path: Path) -> None:
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as archive:
            for name in ("message.txt", "manifest.json", "padding.bin"):
                archive.writestr(name, b"0" * 100)
            archive.comment = bytes(65535 if method else 0)
        data = out.getvalue()
        with pytest.raises(Refusal):
            _read(data[:65536].rjust(65536, b"\0"), tmp_path)


class _Liar(container.DossierWriter):
    """A writer whose manifest is what a test wants it to be."""

    said: bytes = b""

    def _member(self, name: str, data: bytes) -> tuple[int, str]:
        return super()._member(name, self.said if name == container.MANIFEST else data)


def _spelt(said: object) -> bytes:
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


def _lie(said: object) -> bytes:
    out = io.BytesIO()
    writer = _Liar(out.write)
    writer.said = said if isinstance(said, bytes) else _spelt(said)
    writer.begin_piece("a.pdf")
    writer.write(b"abc")
    writer.end_piece()
    writer.finish("m", FACTS)
    return out.getvalue()


def _truth() -> dict[str, object]:
    said: dict[str, object] = json.loads(
        container.manifest_bytes(
            FACTS,
            (1, hashlib.sha256(b"m").hexdigest()),
            [container.Piece("pieces/01.pdf", "a.pdf", "", 3, hashlib.sha256(b"abc").hexdigest())],
        )
    )
    return said


def test_the_truth_is_read(tmp_path: Path) -> None:
    assert _read(_lie(_truth()), tmp_path).facts == FACTS


@pytest.mark.parametrize(
    "change",
    [
        {"format": "airlock/2"},
        {"extra": 1},
        {"kind": "../x"},
        {"received": "2026-1-2"},
        {"received": "2026-02-30"},
        {"mailbox": "B1"},
        {"reply_to": "age1"},
        {"reply_to": 7},
        {"message": {"size": 2, "sha256": "0" * 64}},
        {"message": {"size": True, "sha256": hashlib.sha256(b"m").hexdigest()}},
        {"pieces": []},
        {"pieces": [{"member": "message.txt"}]},
        {"pieces": "x"},
        {"pieces": [{**_truth()["pieces"][0], "name": 3}]},  # type: ignore[index]
        {"pieces": [{**_truth()["pieces"][0], "name": "x" * 201}]},  # type: ignore[index]
        {"pieces": [{**_truth()["pieces"][0], "member": "pieces/02.pdf"}]},  # type: ignore[index]
        {"pieces": [{**_truth()["pieces"][0], "size": 4}]},  # type: ignore[index]
    ],
)
def test_a_manifest_that_lies_is_refused(change: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        _read(_lie({**_truth(), **change}), tmp_path)


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b"null", b"\xff", b"[" * 20_000, b" " * 65537])
def test_a_manifest_that_is_none_is_refused(raw: bytes, tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        _read(_lie(raw), tmp_path)


def test_a_manifest_with_a_key_twice_or_a_space_is_refused(tmp_path: Path) -> None:
    right = _spelt(_truth()).decode()
    for wrong in (right.replace("{", '{"kind":"a",', 1), right + " "):
        with pytest.raises(Refusal):
            _read(_lie(wrong.encode()), tmp_path)


def test_the_writer_has_its_bounds() -> None:
    writer = container.DossierWriter(lambda data: None)
    for number in range(container.MAX_PIECES):
        writer.begin_piece(f"{number}.pdf")
        with pytest.raises(Refusal):
            writer.begin_piece("inside.pdf") if number < 7 else writer._begin("x")
        writer.end_piece()
    with pytest.raises(Refusal):
        writer.begin_piece("nine.pdf")
    with pytest.raises(Refusal):
        writer.end_piece()


def test_more_than_the_largest_bucket_is_refused() -> None:
    writer = container.DossierWriter(lambda data: None)
    writer.begin_piece("a.mp4")
    chunk = bytes(64 << 20)
    for _ in range(7):
        writer.write(chunk)
    writer.write(chunk[: (64 << 20) - 200])
    writer.end_piece()
    with pytest.raises(Refusal):
        writer.finish("x" * 200, FACTS)
    with pytest.raises(Refusal):
        writer.write(chunk)
