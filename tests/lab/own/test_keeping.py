"""What is kept of an audit is all of it, and nobody."""

from __future__ import annotations

import json

import pytest

from contrechamp.lab.own import samples
from contrechamp.lab.own.audit import Options
from contrechamp.lab.own.auditing import audit
from contrechamp.lab.own.keeping import packed, unpacked


@pytest.mark.parametrize("name", samples.LABELS)
def test_what_was_kept_is_read_again(name: str) -> None:
    found = audit(samples.sample(name) or b"", Options())
    again = unpacked(json.loads(json.dumps(packed(found), allow_nan=False)))
    assert packed(again) == packed(found)
    assert again.to_json() == found.to_json()
    assert again.figures_in("en")


def test_the_invented_machine_has_the_fault_that_was_put_in_it() -> None:
    found = audit(samples.decisions(), Options(threshold=6))
    assert "« Nord », contre" in found.sentence.fr
    assert [group.fr for group in found.groups] == ["Nord", "Centre", "Sud", "Autres groupes"]


def test_there_is_no_other_sample() -> None:
    assert samples.sample("passwd") is None
