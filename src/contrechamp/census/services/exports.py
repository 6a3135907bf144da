"""Exports: the same facts give the same bytes, and nothing unpublished is in a public one.

The scope `public` reads what visitors read and nothing else, part by part, so that memory does not
grow with the number of facts; `all` is for whoever has the machine, and is held in memory.
A file is written beside its place and renamed, so that nobody ever reads half of one.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import override

from contrechamp.census import published
from contrechamp.census.domain.exchange import ftm, gexf
from contrechamp.census.domain.exchange.bundle import Census, HeldCensus
from contrechamp.foundation.snapshot import one_state
from contrechamp.foundation.vocabulary import label, terms
from contrechamp.kernel.errors import Refused, gettext_noop

from .bundles import bundle_of, whole_bundle
from .dumps import write_dump
from .leaflets import datasette, explained, leaflets
from .sheets import Progress, Sheets, Sink
from .sinks import CsvSink, ParquetSink, SqliteSink, check_parquet
from .streams import PublicCensus

FORMATS = ("ftm", "gexf", "csv", "parquet", "sqlite", "dump")
FOLDERS = ("csv", "parquet")
"""Formats that are a folder of files."""
PUBLIC_ONLY = ("sqlite", "parquet")
SCOPES = ("public", "all")
Positions = Mapping[str, tuple[float, float]]
EVERY = 5_000


def _silent(done: int) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be written beside the format, and who is told how far it is."""

    scope: str = "public"
    positions: Positions | None = None
    with_texts: bool = False
    """The text of every page too."""
    progress: Progress = _silent


def export(
    format: str,
    path: Path,
    *,
    scope: str = "public",
    positions: Positions | None = None,
    with_texts: bool = False,
    progress: Progress = _silent,
) -> dict[str, int]:
    """Write the census to a file or folder; return how many records and facts it holds."""
    if scope == "all" and format in PUBLIC_ONLY:
        raise Refused(
            gettext_noop("« {format} » ne contient que ce qui est public."), format=format
        )
    if format == "parquet":
        check_parquet()
    order = Order(scope=scope, positions=positions, with_texts=with_texts, progress=progress)
    with (
        beside(path, is_folder=format in FOLDERS) as out,
        one_state(),
        override("fr"),  # What is written must not hang on who asks.
    ):
        census: Census = PublicCensus() if scope == "public" else HeldCensus(whole_bundle())
        WRITERS[format](out, census, order)
        return _counts(census, scope)


def _counts(census: Census, scope: str) -> dict[str, int]:
    if isinstance(census, HeldCensus):
        statements = census.bundle.statements.values()
        relations = sum(bool(each.target) for each in statements)
        records, facts = len(census.bundle.nodes), len(statements)
    else:
        records, facts = published.how_many()
        relations = published.relations_count()
    return {"records": records, "relations": relations, "values": facts - relations}


def ftm_lines(records: Sequence[str], facts: Sequence[str]) -> Iterator[str]:
    """Return some of what is public as lines of FollowTheMoney: what somebody sees of it."""
    return every_ftm_line(HeldCensus(bundle_of(records, facts)))


def every_ftm_line(census: Census, progress: Progress = _silent) -> Iterator[str]:
    """Yield a census as lines of FollowTheMoney, and tell how many now and then."""
    lines = ftm.render(census, types=terms("entity_types"), properties=terms("properties"))
    return told(lines, progress)


def every_gexf_line(
    census: Census, positions: Positions, progress: Progress = _silent
) -> Iterator[str]:
    """Yield a census as a graph for Gephi."""
    return told(gexf.render(census, _relation_label, positions), progress)


def told(lines: Iterator[str], progress: Progress) -> Iterator[str]:
    """Yield lines, and tell how many now and then."""
    for done, each in enumerate(lines, 1):
        if not done % EVERY:
            progress(done)
        yield each


def _relation_label(code: str) -> str:
    return label("relations", code)


# One writer for each format


def _write_ftm(out: Path, census: Census, order: Order) -> None:
    write_lines(out, every_ftm_line(census, order.progress))


def _write_gexf(out: Path, census: Census, order: Order) -> None:
    write_lines(out, every_gexf_line(census, order.positions or {}, order.progress))


def _write_csv(out: Path, census: Census, order: Order) -> None:
    _write_tables([CsvSink(out)], out, census, order)


def _write_parquet(out: Path, census: Census, order: Order) -> None:
    _write_tables([ParquetSink(out)], out, census, order)


def _write_tables(sinks: Sequence[Sink], out: Path, census: Census, order: Order) -> None:
    sheets = Sheets(census, scope=order.scope, with_texts=order.with_texts)
    sheets.write(sinks, order.progress)
    for name, text in leaflets(sheets.tables, sheets.counts).items():
        (out / name).write_text(text, encoding="utf-8")


def _write_sqlite(out: Path, census: Census, order: Order) -> None:
    sheets = Sheets(census, with_texts=order.with_texts)
    sheets.write([SqliteSink(out, explained=explained)], order.progress)


def _write_dump(out: Path, census: Census, order: Order) -> None:
    tables = Sheets(census, with_texts=order.with_texts).tables
    lines = every_ftm_line(census, order.progress)
    write_dump(out, lines, tables, scope=order.scope)


WRITERS: dict[str, Callable[[Path, Census, Order], None]] = {
    "ftm": _write_ftm,
    "gexf": _write_gexf,
    "csv": _write_csv,
    "parquet": _write_parquet,
    "sqlite": _write_sqlite,
    "dump": _write_dump,
}


def metadata() -> str:
    """Return the metadata with which Datasette explains the SQLite file."""
    return datasette(Sheets(PublicCensus()).tables)


# Files


def folder_beside(path: Path) -> Path:
    """Make an empty folder where something is to be written, or raise `Refused` with the reason."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=".export-", dir=path.parent))
    except OSError as error:
        raise Refused(
            gettext_noop("Impossible d'écrire dans « {path} » ({problem})."),
            path=str(path.parent),
            problem=error.strerror or "?",
        ) from None


@contextmanager
def beside(path: Path, *, is_folder: bool) -> Iterator[Path]:
    """Give a place to write to, and put it where it belongs when all is written."""
    path = path.absolute()
    if is_folder and path.exists() and not path.is_dir():
        raise Refused(
            gettext_noop("« {path} » est un fichier : donnez un dossier."), path=str(path)
        )
    if not is_folder and path.is_dir():
        raise Refused(
            gettext_noop("« {path} » est un dossier : donnez un fichier."), path=str(path)
        )
    folder = folder_beside(path)
    try:
        yield folder if is_folder else folder / path.name
        if is_folder:
            folder.chmod(0o755)
            path.mkdir(exist_ok=True)
            for each in sorted(folder.iterdir()):
                each.replace(path / each.name)
        else:
            (folder / path.name).replace(path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_lines(path: Path, lines: Iterator[str]) -> None:
    """Write lines to a file, and wait until the disk has them."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(lines)
        out.flush()
        os.fsync(out.fileno())
