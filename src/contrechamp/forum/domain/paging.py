"""On which page a post is: a range of numbers, so that pages and permalinks never shift.

Nothing is counted and nothing skipped: page 1,000 costs what page 1 costs.
"""

from __future__ import annotations

PER_PAGE = 20


def page_of(n: int) -> int:
    """Return the page that holds the post of that number."""
    return (n - 1) // PER_PAGE + 1


def numbers_of(page: int) -> tuple[int, int]:
    """Return the first and the last number of a page."""
    return (page - 1) * PER_PAGE + 1, page * PER_PAGE


def pages_until(last_n: int) -> int:
    """Return how many pages there are; an empty thread has one."""
    return max(1, page_of(last_n)) if last_n else 1
