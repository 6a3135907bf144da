"""The small pattern beside a name, drawn from chance: one tells people apart at a glance."""

from __future__ import annotations

import hashlib

SIDE = 5
TINTS = 6


def pattern(seed: str) -> tuple[str, int]:
    """Return the path of a pattern, mirrored like a leaf, in a square of 5, and its tint (0 to 5).

    Nothing of the person is in it: the seed is chance. An erased account has none, and no pattern.
    """
    if not seed:
        return "", 0
    digest = hashlib.sha256(seed.encode()).digest()
    half = (SIDE + 1) // 2
    cells = []
    for row in range(SIDE):
        for column in range(half):
            if digest[row * half + column] % 2:
                cells.append((column, row))
                if column != SIDE - 1 - column:
                    cells.append((SIDE - 1 - column, row))
    path = "".join(f"M{x} {y}h1v1h-1z" for x, y in sorted(cells))
    return path, digest[-1] % TINTS
