"""A result as it is kept: what pages and files need of it, and the name that it is kept under."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from contrechamp.lab import certificate
from contrechamp.lab.model import Experiment, Figure, Result, Series, Text, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One result: its JSON as the command prints it, and its figures."""

    json: Mapping[str, Any]
    figures: tuple[Figure, ...]

    @property
    def sentence(self) -> Text:
        """Return the result in one sentence."""
        return _text(self.json["sentence"])

    @property
    def reasons(self) -> dict[str, Text]:
        """Return why numbers are null, by their names."""
        return {name: _text(why) for name, why in self.json["reasons"].items()}

    @property
    def certificate(self) -> Mapping[str, Any]:
        """Return the whole certificate."""
        return dict(self.json["certificate"])

    @property
    def sha256(self) -> str:
        """Return the hash of the certificate."""
        return str(self.json["certificate"]["sha256"])

    @property
    def failed(self) -> list[Mapping[str, Any]]:
        """Return the checks of this very run that do not hold."""
        return [each for each in self.json["checks"] if each["status"] == "fail"]

    def figure(self, name: str) -> Figure | None:
        """Return one figure, or None."""
        return next((each for each in self.figures if each.id == name), None)


def of_result(result: Result) -> Shown:
    """Return what is kept of a result."""
    return Shown(json=result.to_json(), figures=result.figures)


def key_of(
    experiment: Experiment, values: Mapping[str, Value], seed: int, inputs: Mapping[str, str]
) -> str:
    """Return the name of a result: SHA-256 of all that it hangs on."""
    content = {
        "id": experiment.id,
        "version": experiment.version,
        "params": dict(values),
        "seed": seed,
        "inputs": dict(inputs),
        "libraries": certificate.libraries(),
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def packed(shown: Shown) -> bytes:
    """Write a result."""
    data = {"json": shown.json, "figures": [asdict(each) for each in shown.figures]}
    return gzip.compress(json.dumps(data, default=_plain).encode(), 6, mtime=0)


def unpacked(content: bytes) -> Shown | None:
    """Read a result; None of bytes that are none, or of another version of this program."""
    try:
        data = json.loads(gzip.decompress(content))
        figures = tuple(_figure(each) for each in data["figures"])
        return Shown(json=data["json"], figures=figures)
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        return None


def _plain(value: Any) -> Any:
    return value.tolist() if hasattr(value, "tolist") else str(value)


def _text(data: Mapping[str, str]) -> Text:
    return Text(data["fr"], data["en"])


def _figure(data: dict[str, Any]) -> Figure:
    texts = {name: _text(data[name]) for name in ("title", "x_label", "y_label", "reading")}
    return Figure(**{**data, **texts, "series": tuple(_series(each) for each in data["series"])})


def _series(data: dict[str, Any]) -> Series:
    boxes = [tuple(box) for box in data["boxes"]]
    names = [_text(x) if isinstance(x, dict) else x for x in data["x"]]
    return Series(**{**data, "label": _text(data["label"]), "x": names, "boxes": boxes})
