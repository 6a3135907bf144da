"""Try once more, each in a process of its own, the few tests that failed: `make again`.

Not a way to be green: more than `MOST` failures are faults and not tried, each test that is tried
is named, and what fails twice stays red. Why: docs/decisions/0028-again.md.
"""
# ruff: noqa: T201

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

FAILED = Path(".pytest_cache/v/cache/lastfailed")
"""Where pytest writes the names of the tests that failed in the last run."""
MOST = 3


def main() -> int:
    """Return 0 when at most three tests had failed and each passes now."""
    if not FAILED.exists():
        print("No test is known to have failed: the run itself did. Read what it said above.")
        return 2
    failed = sorted(json.loads(FAILED.read_text()))
    if not 0 < len(failed) <= MOST:
        print(f"{len(failed)} tests failed: from 1 to {MOST} are tried again, more are faults.")
        return 1
    codes = [_pass(name) for name in failed]
    for name, code in zip(failed, codes, strict=True):
        print(f"{'failed twice' if code else 'failed once, then passed'}: {name}")
    return max(codes)


def _pass(name: str) -> int:
    """Return the exit code of pytest for one test; its cache is left as it was."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", name]
    return subprocess.run(command, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
