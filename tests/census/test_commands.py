"""The census at the terminal."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from contrechamp.census import published
from contrechamp.census.models import ImportRun
from contrechamp.cli.main import contrechamp
from contrechamp.kernel.errors import Refused
from tests.census import facts
from tests.census.facts import NOW, amina, claim, entity, marianne

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    result = CliRunner().invoke(contrechamp, words)
    if isinstance(result.exception, Refused):
        raise result.exception
    return result


def test_two_records_are_merged_and_parted_again() -> None:
    one = entity("A", identifiers=[("siren", "210600888")])
    other = entity("B")
    amina()
    said = run("merge", "B", "siren:210600888", "--as", "amina").output
    assert said.startswith(f"{other.pk} → {one.pk}")
    assert run("merge", other.pk, one.pk, "--as", "amina").output.strip() == one.pk
    number = said.strip().rstrip(")").split()[-1]
    made = claim(one, "address", value="rue", now=NOW.replace(year=2099))
    said = run("merge", "--undo", number, "--as", "amina").output
    assert said.splitlines() == [f"{one.pk} | {other.pk}", f"{one.pk} ← {made.pk}"]


@pytest.mark.parametrize(
    "words",
    [
        ("merge", "A", "--as", "amina"),
        ("merge", "A", "B", "--as", "nobody"),
        ("merge", "A", "B", "--as", "amina"),
        ("merge", "--undo", "9", "--as", "amina"),
        ("history", "A"),
        ("publish", "--import", "imp-0000000000", "--as", "amina"),
        ("publish", "--import", "imp-0000000000", "--as", "nobody"),
    ],
)
def test_what_is_not_there_is_refused(words: tuple[str, ...]) -> None:
    amina()
    with pytest.raises(Refused):
        run(*words)


def test_a_history_is_one_document() -> None:
    made = claim(entity("A"), "address", value="rue")
    told: dict[str, Any] = json.loads(run("history", "A", "--json").output)
    assert told["id"] == made.subject_id
    assert [change["verb"] for change in told["changes"]] == ["add_claim", "add_entity"]
    assert "add_claim" in run("history", made.subject_id).output


def test_an_import_is_published_as_far_as_the_rules_allow() -> None:
    brought = ImportRun.objects.create(kind="x", dataset="x", sha256="0", by=marianne(), at=NOW)
    good, bad = (claim(run=brought) for _ in range(2))
    facts.act(good)
    result = run("publish", "--import", brought.pk, "--as", amina().username, "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["published"], list(told["refused"])) == (3, [good.pk], [bad.pk])
    result = run("publish", "--import", brought.pk, "--as", "amina")
    assert "refused: 1" in result.output
    facts.page(bad)
    result = run("publish", "--import", brought.pk, "--as", "amina", "--as-alleged")
    assert (result.exit_code, result.output) == (0, "published: 1, refused: 0\n")


def test_what_is_public_is_made_again() -> None:
    made = facts.published(claim())[0]
    before = published.get_fact(made.pk)
    assert run("rebuild", "published").output == "published: 1 records, 1 facts\n"
    assert published.get_fact(made.pk) == before
