"""The certificate of a run: what two people who run the same thing both get.

It holds no date, machine or person. Its hash is the SHA-256 of its canonical JSON: keys sorted,
no blanks, UTF-8 not escaped, without the key `sha256` itself.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version
from typing import Any

from .model import Amount, Check, Value

SCHEMA = "contrechamp.lab.certificate/1"
DIGITS = 12
"""Significant digits that count: the last ones depend on the machine."""


def make(
    *,
    experiment: str,
    version: int,
    params: Mapping[str, Value],
    seed: int,
    inputs: Mapping[str, str],
    numbers: Mapping[str, Amount],
    checks: Sequence[Check],
) -> dict[str, Any]:
    """Return the whole certificate with its hash."""
    content: dict[str, Any] = {
        "schema": SCHEMA,
        "experiment": experiment,
        "version": version,
        "params": dict(params),
        "seed": seed,
        "inputs": dict(sorted(inputs.items())),
        "libraries": libraries(),
        "numbers": {name: rounded(value) for name, value in numbers.items()},
        "checks": [{"id": check.id, "status": check.status} for check in checks],
    }
    return {**content, "sha256": digest(content)}


def digest(certificate: Mapping[str, Any]) -> str:
    """Return the hash of a certificate, whatever hash it bears."""
    content = {name: value for name, value in certificate.items() if name != "sha256"}
    text = json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return hashlib.sha256(text.encode()).hexdigest()


def rounded(value: Amount) -> Amount:
    """Return a number to 12 significant digits; whole ones and none stay as they are."""
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    return value


def differences(mine: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """Return the paths at which two certificates differ, as `numbers.share_mean`."""
    found = []
    for name in sorted({*mine, *other} - {"sha256"}):
        one, two = mine.get(name), other.get(name)
        if isinstance(one, Mapping) and isinstance(two, Mapping):
            keys = sorted({*one, *two})
            found += [f"{name}.{key}" for key in keys if one.get(key) != two.get(key)]
        elif one != two:
            found.append(name)
    return found


@cache
def libraries() -> dict[str, str]:
    """Return the versions on which the last digits of a number may depend."""
    ours = {name: version(name) for name in ("contrechamp", "numpy", "scipy")}
    return {"python": platform.python_version(), **ours}
