"""`python -m airlock` is the readers' tool, `contrechamp-desk`."""

from __future__ import annotations

import sys

from airlock.cli import main

if __name__ == "__main__":
    sys.exit(main())
