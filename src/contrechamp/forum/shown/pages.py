"""The pages of a thread: numbers that never shift, so that no list is counted for them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Where one is among the pages of a thread."""

    number: int
    total: int
    address: str

    def of(self, number: int) -> str:
        """Return the address of a page."""
        return f"{self.address}?page={number}" if number > 1 else self.address

    @property
    def previous(self) -> str:
        return self.of(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        return self.of(self.number + 1) if self.number < self.total else ""

    @property
    def near(self) -> list[tuple[int, str]]:
        """First, last, and those around: 0 stands for a gap."""
        wanted = sorted(
            {1, self.total, *range(max(1, self.number - 2), min(self.total, self.number + 2) + 1)}
        )
        shown: list[tuple[int, str]] = []
        for number in wanted:
            if shown and number > shown[-1][0] + 1:
                shown.append((0, ""))
            shown.append((number, self.of(number)))
        return shown
