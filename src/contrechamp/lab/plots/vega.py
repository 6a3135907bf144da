"""A figure as Vega-Lite 5: for a notebook, a newsroom's own tools, or a script that moves it."""

from __future__ import annotations

from typing import Any

from contrechamp.lab.model import Figure, Series

from .field import kinds_of
from .paper import DASHES, HUES, STEPS

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"


def vega_lite(figure: Figure, *, language: str = "fr") -> dict[str, Any]:
    """Return the specification with its data inside: nothing is fetched from anywhere."""
    head = {
        "$schema": SCHEMA,
        "title": figure.title.say(language),
        "description": figure.reading.say(language),
        "data": {"values": _values(figure, language)},
        "width": 640,
        "height": 360,
    }
    if figure.kind == "map":
        return head | _map(figure, language)
    return head | {"layer": _layers(figure, language)}


def _values(figure: Figure, language: str) -> list[dict[str, Any]]:
    rows = []
    for series in figure.series:
        label = series.label.say(language)
        for n, (x, y) in enumerate(zip(series.along(language), series.y, strict=True)):
            row: dict[str, Any] = {"x": x, "y": y, "series": label}
            if series.low and series.high:
                row.update(low=series.low[n], high=series.high[n])
            if series.boxes:
                row.update(zip(("west", "south", "east", "north"), series.boxes[n], strict=True))
            rows.append(row)
    return rows


def _map(figure: Figure, language: str) -> dict[str, Any]:
    title = figure.y_label.say(language)
    return {
        "mark": {"type": "rect", "stroke": "#ddd7c9"},
        "encoding": {
            "x": {"field": "west", "type": "quantitative", "scale": {"zero": False}, "axis": None},
            "x2": {"field": "east"},
            "y": {"field": "south", "type": "quantitative", "scale": {"zero": False}, "axis": None},
            "y2": {"field": "north"},
            "color": {
                "field": "y",
                "type": "quantitative",
                "title": title,
                "scale": {"range": list(STEPS)},
            },
            "tooltip": [{"field": "x", "title": figure.x_label.say(language)}, {"field": "y"}],
        },
    }


def _layers(figure: Figure, language: str) -> list[dict[str, Any]]:
    is_named = any(series.is_named for series in figure.series)
    along: dict[str, Any] = {
        "field": "x",
        "type": "nominal" if is_named else "quantitative",
        "title": figure.x_label.say(language),
        "sort": None,
        "scale": _scale(is_log=figure.x_log and not is_named),
    }
    up: dict[str, Any] = {
        "field": "y",
        "type": "quantitative",
        "title": figure.y_label.say(language),
        "scale": _scale(is_log=figure.y_log),
    }
    layers: list[dict[str, Any]] = []
    for kind, series in zip(kinds_of(figure), figure.series, strict=True):
        kept: dict[str, Any] = {"filter": {"field": "series", "equal": series.label.say(language)}}
        colour: dict[str, Any] = {"value": HUES[kind - 1]}
        if series.low and series.high:
            ends: dict[str, Any] = {"y": {**up, "field": "low"}, "y2": {"field": "high"}}
            mark = "rule" if is_named or _mark(figure, series) == "point" else "area"
            layers.append(
                {
                    "transform": [kept],
                    "mark": {"type": mark, "opacity": 0.25 if mark == "area" else 1},
                    "encoding": {**ends, "x": along, "color": colour},
                }
            )
        if series.style == "band":
            continue
        layers.append(
            {
                "transform": [kept],
                "mark": {"type": _mark(figure, series), "strokeDash": _dash(kind)},
                "encoding": {"x": along, "y": up, "color": colour, "detail": {"field": "series"}},
            }
        )
    return layers


def _scale(*, is_log: bool) -> dict[str, Any]:
    return {"type": "log"} if is_log else {}


def _mark(figure: Figure, series: Series) -> str:
    is_usual = figure.kind in {"points", "ranges"} and series.style == "solid"
    if is_usual or series.style == "points":
        return "point"
    return "bar" if figure.kind == "bars" and series.style in {"solid", "bars"} else "line"


def _dash(kind: int) -> list[int]:
    return [int(part) for part in DASHES[kind - 1].split()] or [1, 0]
