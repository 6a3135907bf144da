"""Records as tables and points: the same facts as the page, and no formula in a cell."""

from __future__ import annotations

import csv
import io
import json

from tests.census import facts
from tests.people import Person


def test_no_cell_of_a_record_is_a_formula(visitor: Person) -> None:
    project = facts.project(name="=HYPERLINK(1)")
    facts.published(facts.claim(project, "description", value="@SUM(A1)"))
    for address in (f"/projet/{project.pk}.csv", "/projets.csv"):
        cells = [cell for row in _rows(visitor, address) for cell in row]
        assert any("HYPERLINK" in cell for cell in cells)
        assert not any(cell.startswith(("=", "@", "+", "\t")) for cell in cells)


def test_the_table_and_the_json_say_the_same_facts(visitor: Person) -> None:
    project = facts.project()
    claims = [facts.claim(project, "description", value=f"Phrase {n}") for n in range(3)]
    facts.published(*claims)
    head, *rows = _rows(visitor, f"/projet/{project.pk}.csv")
    said = json.loads(visitor.opens(f"/projet/{project.pk}.json").content)["facts"]
    assert {row[head.index("id")] for row in rows} == {fact["id"] for fact in said}
    assert {row[head.index("value")] for row in rows} == {fact["value"] for fact in said}


def test_a_record_of_no_known_place_is_in_the_points_all_the_same(visitor: Person) -> None:
    project = facts.project()
    facts.published(facts.claim(project))
    [feature] = json.loads(visitor.opens(f"/projet/{project.pk}.geojson").content)["features"]
    assert feature["geometry"] is None
    assert feature["properties"]["id"] == project.pk


def _rows(visitor: Person, address: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(visitor.opens(address).content.decode("utf-8-sig"))))
