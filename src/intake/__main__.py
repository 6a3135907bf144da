"""`contrechamp-intake`: the program of the door."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command; return its exit code."""
    sys.stderr.write("contrechamp-intake: not yet\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
