"""What the rooms do by themselves is read when it is called, and is there."""

from __future__ import annotations

import subprocess
import sys

import pytest

from contrechamp.foundation.later import later, read_named

AFTER_A_START = """
import sys
import django
django.setup()
from contrechamp.foundation.later import _named
print([path for path in _named if path.rpartition(".")[0] in sys.modules], len(_named))
"""


def test_every_function_that_a_room_names_is_there() -> None:
    assert len(read_named()) > 20
    assert all(callable(each) for each in read_named())


def test_a_start_reads_none_of_them() -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", AFTER_A_START], capture_output=True, text=True, check=True
    )
    found, _, number = done.stdout.strip().rpartition(" ")
    assert found == "[]"
    assert int(number) > 20


def test_what_is_named_twice_is_one_and_answers() -> None:
    assert later("math.sqrt") is later("math.sqrt")
    assert later("math.sqrt")(9) == 3


def test_what_is_not_there_is_said_when_it_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contrechamp.foundation.later._named", [])
    wrong = later.__wrapped__("contrechamp.foundation.later.nowhere")
    with pytest.raises(ImportError, match="nowhere"):
        wrong()
