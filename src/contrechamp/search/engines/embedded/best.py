"""The best of what answers, in order, without a look at the weight and the words of everything."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from contrechamp.search.domain import stem
from contrechamp.search.engines import Request

from .asked import RANKED, UNWEIGHED, among, by_weight, close_words, is_costly, order, query

MOST_MERGED = 1_000
"""So many of the best are put in one order here; of more, tantivy does it."""
CROWD = 50_000
"""When more entries than this may have all the words, where these stand is not asked of each."""
WINDOW = 200
"""So many of the best of a crowd are looked at for words side by side."""

Best = tuple[int, list[tuple[float, Any]]]
"""How many there are, and the best: score, and address in the index."""


def best_of(
    searcher: Any, asked: Any, request: Request, schema: Any, frequent: frozenset[str]
) -> Best:
    """Return how many answer a query, and the best from the request's offset on.

    Words side by side are worth more, and to see whether they are takes three times as long as
    to find them. In a crowd the best without that are put in order by it, as other engines do
    (rescoring of a window), and those behind them stay as they are: pages repeat and miss nothing.
    """
    if not _is_crowd(searcher, request):
        return _ordered(searcher, schema, asked, request)
    plain = query(request, schema, frequent, weighs_closeness=False)
    if request.offset >= WINDOW:
        return _ordered(searcher, schema, plain, request)
    until = max(request.offset + request.limit, WINDOW)
    total, hits = _ordered(searcher, schema, plain, replace(request, offset=0, limit=until))
    refs = [searcher.doc(address).get_first("ref") for _, address in hits[:WINDOW]]
    first = searcher.search(among(refs, asked, schema), limit=WINDOW, **RANKED).hits
    return total, [*first, *hits[WINDOW:]][request.offset :]


def _is_crowd(searcher: Any, request: Request) -> bool:
    """Answer whether words side by side would be sought in very many: the rarest is in so many."""
    words = close_words(request)
    if not words or order(request) != RANKED or is_costly(request):
        return False
    rarest: int = min(searcher.doc_freq("body", stem(each)) for each in words)
    return rarest > CROWD


def _ordered(searcher: Any, schema: Any, asked: Any, request: Request) -> Best:
    """Return how many answer a query, and the best from the request's offset on.

    To look up the weight of each of a million pages takes longer than to find them, and hardly
    any has one of its own. Those that have are sought apart, and both put in one order.
    """
    until = request.offset + max(request.limit, 1)
    how = order(request)
    if how != RANKED or until > MOST_MERGED or is_costly(request):
        found = searcher.search(asked, limit=max(request.limit, 1), offset=request.offset, **how)
        return found.count, found.hits
    light, heavy = by_weight(asked, schema)
    plain = searcher.search(light, limit=until)
    weighed = searcher.search(heavy, limit=until, **RANKED)
    hits = [(score * UNWEIGHED, address) for score, address in plain.hits] + weighed.hits
    hits.sort(key=lambda hit: (-hit[0], hit[1].segment_ord, hit[1].doc))
    return plain.count + weighed.count, hits[request.offset :]
