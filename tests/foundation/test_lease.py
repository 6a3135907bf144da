"""A process that is gone holds nothing."""

from __future__ import annotations

import subprocess
import sys

from contrechamp.foundation import lease


def test_we_are_not_gone() -> None:
    assert not lease.is_gone(lease.holder())


def test_a_process_that_ended_is_gone() -> None:
    code = "from contrechamp.foundation.lease import holder; print(holder())"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert lease.is_gone(done.stdout.strip())


def test_the_number_of_a_process_may_be_another_one_by_now() -> None:
    host, number, _, boot = lease.holder().split(" ")
    assert lease.is_gone(f"{host} {number} 1 {boot}")


def test_of_other_machines_nothing_is_certain() -> None:
    assert not lease.is_gone("another-machine 1 1 x")
    assert not lease.is_gone("")
