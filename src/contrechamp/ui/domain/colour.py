"""What an eye can tell apart: contrast, three forms of colour blindness, distance of colours.

Colours are `#rrggbb` texts outside and triples inside: sRGB from 0 to 1, or linear light.

Sources: contrast, WCAG 2.2 "relative luminance"; blindness, Machado, Oliveira and Fernandes 2009
(severity 1) and Viénot, Brettel and Mollon 1999; distance, CIE 142-2001 (CIEDE2000) as Sharma,
Wu and Dalal 2005 write it, with their published pairs as tests.
"""

from __future__ import annotations

import math
import re
from types import MappingProxyType
from typing import TypeAlias

Triple: TypeAlias = tuple[float, float, float]
Matrix: TypeAlias = tuple[Triple, Triple, Triple]

TEXT, LARGE = 4.5, 3.0
"""WCAG 1.4.3 for text, 1.4.11 for what must be seen to understand: lines, borders, marks."""

VISIONS: MappingProxyType[str, Matrix] = MappingProxyType(
    {
        "protanopia (Machado 2009)": (
            (0.152286, 1.052583, -0.204868),
            (0.114503, 0.786281, 0.099216),
            (-0.003882, -0.048116, 1.051998),
        ),
        "deuteranopia (Machado 2009)": (
            (0.367322, 0.860646, -0.227968),
            (0.280085, 0.672501, 0.047413),
            (-0.011820, 0.042940, 0.968881),
        ),
        "tritanopia (Machado 2009)": (
            (1.255528, -0.076749, -0.178779),
            (-0.078411, 0.930809, 0.147602),
            (0.004733, 0.691367, 0.303900),
        ),
        "protanopia (Viénot 1999)": (
            (0.11238, 0.88762, 0.0),
            (0.11238, 0.88762, 0.0),
            (0.00401, -0.00401, 1.0),
        ),
        "deuteranopia (Viénot 1999)": (
            (0.29275, 0.70725, 0.0),
            (0.29275, 0.70725, 0.0),
            (-0.02234, 0.02234, 1.0),
        ),
    }
)
"""How linear light reaches an eye that lacks one kind of cone."""

HEX = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})")


def parse(text: str) -> Triple:
    """Return the linear light of `#rrggbb` or `#rgb`."""
    written = text.strip().lower()
    if re.fullmatch(r"#[0-9a-f]{3}", written):
        written = "#" + "".join(letter * 2 for letter in written[1:])
    found = HEX.fullmatch(written)
    if not found:
        raise ValueError(text)
    red, green, blue = (_linear(int(part, 16) / 255) for part in found.groups())
    return red, green, blue


def render(light: Triple) -> str:
    """Return `#rrggbb`; what no screen shows is cut."""
    return "#" + "".join(f"{round(_encoded(part) * 255):02x}" for part in light)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _encoded(value: float) -> float:
    value = min(1.0, max(0.0, value))
    return 12.92 * value if value <= 0.0031308 else float(1.055 * value ** (1 / 2.4) - 0.055)


def luminance(colour: str) -> float:
    """Return the relative luminance, from 0 (black) to 1 (white)."""
    red, green, blue = parse(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the ratio of contrast, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def seen(colour: str, vision: Matrix) -> str:
    """Return the colour as somebody with this vision sees it."""
    red, green, blue = parse(colour)
    mixed = [row[0] * red + row[1] * green + row[2] * blue for row in vision]
    return render((mixed[0], mixed[1], mixed[2]))


def lab(colour: str) -> Triple:
    """Return L*, a*, b* under D65."""
    red, green, blue = parse(colour)
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (
        part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116
        for part in (x, y, z)
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def distance(one: str, other: str) -> float:
    """Return how far two colours are apart; about 2 is the least that an eye notices."""
    return delta_e(lab(one), lab(other))


def delta_e(one: Triple, other: Triple) -> float:
    """Return CIEDE2000 between two points of L*a*b*."""
    light1, a1, b1 = one
    light2, a2, b2 = other
    mean = ((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2) ** 7
    stretch = 1.5 - 0.5 * math.sqrt(mean / (mean + 25**7))
    chroma1, hue1 = math.hypot(stretch * a1, b1), _degrees(stretch * a1, b1)
    chroma2, hue2 = math.hypot(stretch * a2, b2), _degrees(stretch * a2, b2)
    turn = hue2 - hue1
    middle = hue1 + hue2
    if not chroma1 * chroma2:
        turn = 0.0
    elif abs(turn) > 180:
        turn -= math.copysign(360, turn)
        middle = (middle + 360 if middle < 360 else middle - 360) / 2
    else:
        middle /= 2
    across = 2 * math.sqrt(chroma1 * chroma2) * math.sin(math.radians(turn / 2))
    chroma = (chroma1 + chroma2) / 2
    lightness, weight, around, rotation = _weights((light1 + light2) / 2, chroma, middle)
    parts = (light2 - light1) / lightness, (chroma2 - chroma1) / weight, across / around
    return math.sqrt(sum(part**2 for part in parts) + rotation * parts[1] * parts[2])


def _weights(light: float, chroma: float, hue: float) -> tuple[float, float, float, float]:
    """Return how much lightness, chroma and hue count here, and how they turn in the blues."""
    even = (
        1
        - 0.17 * math.cos(math.radians(hue - 30))
        + 0.24 * math.cos(math.radians(2 * hue))
        + 0.32 * math.cos(math.radians(3 * hue + 6))
        - 0.20 * math.cos(math.radians(4 * hue - 63))
    )
    deep = (light - 50) ** 2
    seventh = chroma**7
    swing = 30 * math.exp(-(((hue - 275) / 25) ** 2))
    rotation = -2 * math.sqrt(seventh / (seventh + 25**7)) * math.sin(math.radians(2 * swing))
    return (
        1 + 0.015 * deep / math.sqrt(20 + deep),
        1 + 0.045 * chroma,
        1 + 0.015 * chroma * even,
        rotation,
    )


def _degrees(a: float, b: float) -> float:
    return math.degrees(math.atan2(b, a)) % 360


def apart(colours: list[str]) -> dict[str, float]:
    """Return, for each vision, how far the two nearest of these colours are apart."""
    eyes = {"all cones": None, **VISIONS}
    return {
        name: min(
            distance(one, other) for place, one in enumerate(shown) for other in shown[place + 1 :]
        )
        for name, vision in eyes.items()
        for shown in [[seen(each, vision) if vision else each for each in colours]]
    }
