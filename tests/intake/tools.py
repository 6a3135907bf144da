"""What a test needs of the machine, and how it says that it is not there."""

from __future__ import annotations

import os
import shutil

import pytest

# CONTRECHAMP_REQUIRE_TOR=1, which `tests/settings.py` hands on: in CI a skip is a failure.
IS_REQUIRED = os.environ.get("TESTS_REQUIRE_TOR") == "1"


def needs(*programs: str) -> pytest.MarkDecorator:
    """Skip where a program is missing, and name it; where it is required, let the test fail."""
    missing = [program for program in programs if not shutil.which(program)]
    return pytest.mark.skipif(
        bool(missing) and not IS_REQUIRED, reason=f"not installed: {', '.join(missing)}"
    )


root_only = pytest.mark.skipif(
    os.geteuid() != 0 and not IS_REQUIRED,
    reason="only root reads the memory and the descriptors of an undumpable process",
)
