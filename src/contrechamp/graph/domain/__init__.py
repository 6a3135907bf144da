"""The network of the published census: paths, layout, drawing. Pure functions."""

from __future__ import annotations

from .layout import Spot, lay_out
from .network import Edge, Network, Node, Source
from .paths import WEAK, Way, ways

__all__ = ["WEAK", "Edge", "Network", "Node", "Source", "Spot", "Way", "lay_out", "ways"]
