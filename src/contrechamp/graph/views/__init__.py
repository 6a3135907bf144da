"""The graph as pages and files."""

from __future__ import annotations

from .files import graph_csv, graph_ftm, graph_gexf, graph_json, graph_svg, record_gexf, whole_json
from .linked import path, path_json
from .meeting import common, common_csv, common_json
from .seeing import graph

__all__ = [
    "common",
    "common_csv",
    "common_json",
    "graph",
    "graph_csv",
    "graph_ftm",
    "graph_gexf",
    "graph_json",
    "graph_svg",
    "path",
    "path_json",
    "record_gexf",
    "whole_json",
]
