"""Everything public in every format, in one folder, with a signed manifest."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils.translation import override

from contrechamp.census.services import exports
from contrechamp.census.services.dumps import write_dump, zip_entry
from contrechamp.census.services.leaflets import (
    LICENCE,
    as_of,
    datasette,
    explained,
    leaflets,
)
from contrechamp.census.services.sheets import Progress, Sheets, Sink
from contrechamp.census.services.sinks import CsvSink, ParquetSink, SqliteSink, has_parquet
from contrechamp.census.services.streams import PublicCensus
from contrechamp.foundation.signing import own_keys
from contrechamp.foundation.snapshot import one_state
from contrechamp.graph import queries as graph
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.opendata.domain.manifest import (
    KEY,
    MANIFEST,
    SIGNATURE,
    Manifest,
    Part,
    read,
    written,
)

SQLITE, CSV, FTM = "contrechamp.sqlite.zip", "contrechamp-csv.zip", "contrechamp.ftm.jsonl.gz"
GEXF, DUMP, METADATA = "contrechamp.gexf.gz", "contrechamp-dump.zip", "metadata.json"
BLOCK = 1 << 20


def write_all(
    path: Path, *, today: date, previous: str = "", progress: Progress = lambda done: None
) -> Manifest:
    """Write the folder; an older export that is there is replaced, anything else refused.

    `previous` is the SHA-256 of the manifest before this one. Two runs on one day give the same
    bytes.
    """
    with _in_its_place(path) as folder, one_state(), override("fr"):
        rows, tables = _write_formats(folder, progress)
        parts = tuple(_part(each, rows) for each in sorted(folder.iterdir()))
        manifest = Manifest(
            made_on=today,
            as_of=as_of(),
            licence=LICENCE,
            previous=previous,
            tables=tables,
            parts=parts,
        )
        data, keys = written(manifest), own_keys()
        (folder / MANIFEST).write_bytes(data)
        (folder / SIGNATURE).write_bytes(keys.sign(data))
        (folder / KEY).write_text(keys.public_key)
    return manifest


def _write_formats(folder: Path, progress: Progress) -> tuple[dict[str, int], dict[str, int]]:
    """Write every format; return how many rows files have, and tables."""
    census, scratch = PublicCensus(), folder / ".scratch"
    scratch.mkdir()
    sheets = Sheets(census, with_texts=settings.CONTRECHAMP.dump_texts)
    sinks: list[Sink] = [
        CsvSink(scratch / "csv"),
        SqliteSink(scratch / "contrechamp.sqlite", explained=explained),
    ]
    if has_parquet():
        sinks.append(ParquetSink(scratch / "parquet"))
    sheets.write(sinks, progress)
    tables, counts = sheets.tables, dict(sheets.counts)
    beside = leaflets(tables, counts)
    for name, text in {**beside, METADATA: datasette(tables)}.items():
        (folder / name).write_text(text, encoding="utf-8")
    leaves = [folder / name for name in beside]
    _pack(folder / CSV, [*sorted((scratch / "csv").iterdir()), *leaves])
    shutil.rmtree(scratch / "csv")
    _pack(folder / SQLITE, [scratch / "contrechamp.sqlite", folder / METADATA, *leaves])
    (scratch / "contrechamp.sqlite").unlink()
    rows = {f"{name}.parquet": number for name, number in counts.items()}
    for each in sorted((scratch / "parquet").glob("*.parquet")):
        each.rename(folder / each.name)
    rows[FTM] = _write_ftm(folder, sheets, progress)
    rows[GEXF] = counts["edges"]
    spots = {key: (spot.x, spot.y) for key, spot in graph.positions().items()}
    with _packed(folder / GEXF) as out:
        out.writelines(each.encode() for each in exports.every_gexf_line(census, spots, progress))
    shutil.rmtree(scratch)
    return rows, counts


def _write_ftm(folder: Path, sheets: Sheets, progress: Progress) -> int:
    """Write the lines of FollowTheMoney, alone and in the dump; return how many there are."""
    lines = exports.every_ftm_line(sheets.census, progress)
    with _packed(folder / FTM) as out:

        def both() -> Iterator[str]:
            for each in lines:
                out.write(each.encode())
                yield each

        said = write_dump(folder / DUMP, both(), sheets.tables, scope="public")
    return int(said["tables"]["records.jsonl"]["rows"])


@contextmanager
def _packed(path: Path) -> Iterator[gzip.GzipFile]:
    """Open a file that is packed as it is written, without name and time in its bytes."""
    with (
        path.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=raw, mtime=0) as out,
    ):
        yield out


def _pack(path: Path, files: Iterable[Path]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for each in files:
            with (
                each.open("rb") as source,
                archive.open(zip_entry(each.name), "w", force_zip64=True) as out,
            ):
                shutil.copyfileobj(source, out, BLOCK)


def _part(path: Path, rows: dict[str, int]) -> Part:
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return Part(name=path.name, bytes=path.stat().st_size, sha256=digest, rows=rows.get(path.name))


@contextmanager
def _in_its_place(path: Path) -> Iterator[Path]:
    """Give an empty folder, and put it where it belongs when all is written."""
    path = path.absolute()
    _check_free(path)
    folder = exports.folder_beside(path)
    try:
        yield folder
        folder.chmod(0o755)
        _sync(folder)
        old = folder.with_name(f"{folder.name}.old")
        if path.exists():
            path.rename(old)
        folder.rename(path)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Wait until the disk has every file: after a power cut a dump is there whole, or not."""
    for each in (*folder.iterdir(), folder):
        number = os.open(each, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _check_free(path: Path) -> None:
    """Raise `Refused` rather than replace what is not an export of ours."""
    if path.is_file():
        raise Refused(
            gettext_noop("« {path} » est un fichier : donnez un dossier."), path=str(path)
        )
    if not path.exists() or not any(path.iterdir()):
        return
    try:
        read((path / MANIFEST).read_bytes())
    except (OSError, Refused):
        raise Refused(
            gettext_noop(
                "« {path} » n'est pas vide et n'est pas un de nos exports : donnez un autre"
                " dossier."
            ),
            path=str(path),
        ) from None
