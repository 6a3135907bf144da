"""The base map that the operator has put in the data folder, if any."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from contrechamp.atlas.domain.basemap import HEAD, NotTiles, Tiles, read_head
from contrechamp.kernel.errors import Misconfigured, gettext_noop


@dataclass(frozen=True, slots=True, kw_only=True)
class Basemap:
    """A file of tiles that we serve ourselves."""

    path: Path
    size: int
    tag: str
    """Another one when the file is replaced: a browser must not mix pieces of two files."""
    tiles: Tiles
    credit: str


def basemap() -> Basemap | None:
    """Return the base map of this instance, or None. A file that went away is none."""
    if not settings.CONTRECHAMP.basemap:
        return None
    try:
        return check_basemap()
    except Misconfigured:
        return None


def check_basemap() -> Basemap | None:
    """Return the base map; raise `Misconfigured` when it is set and cannot be used."""
    name, data = settings.CONTRECHAMP.basemap, settings.CONTRECHAMP.data
    if not name:
        return None
    path = (data / name).resolve()
    if not path.is_relative_to(data.resolve()) or path.suffix != ".pmtiles":
        raise Misconfigured(
            gettext_noop(
                "CONTRECHAMP_BASEMAP vaut « {name} » : donnez le chemin d'un fichier .pmtiles "
                "qui se trouve dans le dossier {data}."
            ),
            name=name,
            data=str(data),
        )
    try:
        found = path.stat()
        tiles = _tiles(path, found.st_size, found.st_mtime_ns)
    except OSError as error:
        raise Misconfigured(
            gettext_noop("CONTRECHAMP_BASEMAP : le fichier {path} ne se lit pas ({error})."),
            path=str(path),
            error=error.strerror,
        ) from None
    except NotTiles as error:
        raise Misconfigured(
            gettext_noop(
                "CONTRECHAMP_BASEMAP : {path} n'est pas un fichier PMTiles de version 3 avec des "
                "tuiles vectorielles ou des images ({error})."
            ),
            path=str(path),
            error=str(error),
        ) from None
    return Basemap(
        path=path,
        size=found.st_size,
        tag=f'"{found.st_size:x}-{found.st_mtime_ns:x}"',
        tiles=tiles,
        credit=settings.CONTRECHAMP.basemap_credit,
    )


@lru_cache(maxsize=4)
def _tiles(path: Path, size: int, changed: int) -> Tiles:
    """Read the head of a file; anew when its size or its date is another."""
    with path.open("rb") as file:
        return read_head(file.read(HEAD))
