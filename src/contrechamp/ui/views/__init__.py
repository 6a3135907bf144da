"""Pages of the house itself, and what every page gives to others: citations, cards, frames."""

from __future__ import annotations
