"""Figures as pictures, tables and files: SVG, CSV, Vega-Lite 5.

Drawn here and not by a library (decision 35): the same bytes on every machine, colours of the
page in light and dark, words as large on a telephone as around it.
"""

from __future__ import annotations

from .drawing import NARROW, WIDE, draw
from .scales import written
from .tables import Table, as_csv, as_text, table
from .vega import vega_lite

__all__ = [
    "NARROW",
    "WIDE",
    "Table",
    "as_csv",
    "as_text",
    "draw",
    "table",
    "vega_lite",
    "written",
]
