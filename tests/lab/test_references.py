"""The table of references: what it refuses, and what holds of every experiment."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from contrechamp.lab import caveats, checking, params, references, registry
from contrechamp.lab.model import Experiment
from contrechamp.lab.references import BadReferences

SOURCE = '[a]\ntitle = "T"\nauthors = "A"\nyear = 2020\n'
ENTRY = (
    '[a.{name}]\nvalue = 1\nkind = "ours"\nlocator = "p. 1"\nseen = "primary"\n'
    'stance = "context"\nnote_fr = "f"\nnote_en = "e"\n'
)
GOOD = SOURCE + ENTRY.format(name="b") + 'check = "x"\n'
EVERY = pytest.mark.parametrize("each", registry.experiments(), ids=lambda each: each.id)


def test_a_good_table_is_read() -> None:
    table = references.load(GOOD)
    assert table.checks["x"].id == "a.b"
    assert table.sources["a"].year == 2020
    assert table.references["a.b"].is_shown


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD + ENTRY.format(name="c") + 'check = "x"\n', "two values for the check x"),
        (GOOD + ENTRY.format(name="b"), "a"),
        (ENTRY.format(name="b"), "a source needs a title"),
        (GOOD.replace('locator = "p. 1"\n', ""), "needs a locator"),
        (GOOD.replace('"primary"', '"perhaps"'), "seen is none of"),
        (GOOD.replace("value = 1", 'value = "1"'), "value is no number"),
        (GOOD.replace("value = 1\n", ""), "a check needs a value"),
        (GOOD + 'colour = "red"\n', "unknown fields"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(text: str, said: str) -> None:
    with pytest.raises(BadReferences, match=said):
        references.load(text)


def test_what_nobody_verified_is_not_shown() -> None:
    table = references.load(GOOD.replace('"primary"', '"unverified"'))
    assert not table.references["a.b"].is_shown


def test_a_check_without_a_reference_is_refused() -> None:
    with pytest.raises(BadReferences, match=r"nothing\.here"):
        references.of_check("nothing.here")


@pytest.mark.parametrize(
    ("op", "got", "is_met"),
    [
        ("close", 1.1, True), ("close", 1.2, False), ("min", 1.0, True), ("min", 0.9, False),
        ("max", 1.0, True), ("max", 1.01, False), ("close", None, False), ("max", None, False),
    ],
)  # fmt: skip
def test_a_number_is_held_against_its_reference(op: Any, got: float | None, is_met: bool) -> None:
    held: Any = SimpleNamespace(value=1.0, op=op, tol=0.15, id="a.b")
    assert checking.is_met(held, got) is is_met


@EVERY
def test_each_case_has_a_reference_and_parameters_that_can_be(each: Experiment) -> None:
    assert each.cases
    for case in each.cases:
        assert references.of_check(case.check).value is not None
        params.read(each, case.given)


@EVERY
def test_each_experiment_says_what_it_does_not_prove_and_who_disagrees(each: Experiment) -> None:
    assert each.caveats
    assert all(caveats.get(name).fr for name in each.caveats)
    table = references.table()
    assert set(each.sources) <= set(table.sources)
    for name in each.counter:
        assert table.references[name].is_shown


@EVERY
def test_every_sentence_is_in_both_languages(each: Experiment) -> None:
    texts = [each.title, each.question, each.claim, each.method]
    texts += [text for param in each.params for text in (param.label, param.help)]
    texts += [number.help for number in each.numbers]
    texts += [preset.label for preset in each.presets]
    assert all(text.fr and text.en for text in texts)


@EVERY
def test_defaults_and_presets_can_be_run_on_a_page(each: Experiment) -> None:
    for values in ({}, *(preset.values for preset in each.presets)):
        assert set(params.read(each, values, on_web=True)) == {one.name for one in each.params}


def test_every_technology_is_one_of_the_vocabulary() -> None:
    text = (Path(registry.__file__).parents[1] / "vocabulary" / "technologies.yaml").read_text()
    for each in registry.experiments():
        assert all(f"code: {name}," in text for name in each.technologies)
