"""`contrechamp-desk`: the readers' tool for an offline machine."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command; return its exit code."""
    sys.stderr.write("contrechamp-desk: not yet\n")
    return 2
