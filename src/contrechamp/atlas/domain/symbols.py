"""The symbol of each family of techniques: a shape and a colour, so that neither speaks alone.

Families of one theme share a colour, and within a theme no shape comes twice. The colours are
those of the house for kinds without order; each stands 3 : 1 from its ground (WCAG 1.4.11), and
two families with one shape have colours that remain apart for people who do not see red, green or
blue (`tests/atlas/test_symbols.py` measures it).
"""

from __future__ import annotations

from dataclasses import dataclass

SHAPES = {
    "circle": "M0-8a8 8 0 1 0 .01 0z",
    "half": "M-8.5 4a8.5 8.5 0 0 1 17 0z",
    "up": "M0-8.5 8.5 6.5-8.5 6.5z",
    "down": "M0 8.5 8.5-6.5-8.5-6.5z",
    "right": "M8.5 0-6.5 8.5-6.5-8.5z",
    "left": "M-8.5 0 6.5-8.5 6.5 8.5z",
    "square": "M-7-7H7V7H-7z",
    "diamond": "M0-9 9 0 0 9-9 0z",
    "pentagon": "M0-8.5 8.1-2.6 5 6.9-5 6.9-8.1-2.6z",
    "hexagon": "M-4.3-7.5H4.3L8.6 0 4.3 7.5H-4.3L-8.6 0z",
    "star": "M0-9 2.6-3.2 8.6-2.8 4.2 1.5 5.6 7.8 0 4.5-5.6 7.8-4.2 1.5-8.6-2.8-2.6-3.2z",
    "plus": "M-3-8H3V-3H8V3H3V8H-3V3H-8V-3H-3z",
    "cross": "M-8-4.5-4.5-8 0-3.5 4.5-8 8-4.5 3.5 0 8 4.5 4.5 8 0 3.5-4.5 8-8 4.5-3.5 0z",
    "ring": "M0-8a8 8 0 1 0 .01 0zM0-4.5a4.5 4.5 0 1 1-.01 0z",
}
"""Around 0 0, within 9 of it: the `d` of an SVG path."""

TOKENS = {
    "video": 1,
    "moving": 3,
    "analysis": 2,
    "bodies": 4,
    "tracking": 5,
    "listening": 6,
    "data": 7,
    "other": 8,
}
"""By theme: which of the tokens `--data-1` … `--data-8` of `assets/src/tokens.css` it has. The file
`assets/src/places.css` says the same to browsers."""

UNSAID = "unsaid"
"""Stands for the family of a project of which no technique is published."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """How one family is drawn."""

    theme: str
    shape: str


SYMBOLS = {
    "video_surveillance": Symbol("video", "circle"),
    "thermal_cameras": Symbol("video", "half"),
    "drones": Symbol("moving", "up"),
    "body_cameras": Symbol("moving", "down"),
    "onboard_cameras": Symbol("moving", "right"),
    "video_analytics": Symbol("analysis", "diamond"),
    "facial_recognition": Symbol("bodies", "pentagon"),
    "biometrics": Symbol("bodies", "hexagon"),
    "body_scanners": Symbol("bodies", "left"),
    "lapi": Symbol("tracking", "square"),
    "gps_tracking": Symbol("tracking", "down"),
    "audio_surveillance": Symbol("listening", "plus"),
    "phone_interception": Symbol("listening", "star"),
    "phone_extraction": Symbol("listening", "square"),
    "internet_monitoring": Symbol("listening", "cross"),
    "network_interception": Symbol("listening", "diamond"),
    "police_files": Symbol("data", "star"),
    "predictive_policing": Symbol("data", "cross"),
    "scoring": Symbol("data", "pentagon"),
    "hypervision": Symbol("data", "hexagon"),
    "exam_monitoring": Symbol("other", "half"),
    "work_monitoring": Symbol("other", "square"),
    "citizen_alert_apps": Symbol("other", "plus"),
    UNSAID: Symbol("other", "ring"),
}
OTHER = Symbol("other", "circle")
"""Of a family that the vocabulary has gained since."""


def symbol(family: str) -> Symbol:
    """Return the symbol of a family of techniques."""
    return SYMBOLS.get(family, OTHER)
