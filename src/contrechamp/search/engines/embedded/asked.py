"""A request as a query of tantivy: how words, filters and ranges are found and ordered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import ceil, floor, inf, log2
from typing import Any

from tantivy import FieldType, Occur, Query

from contrechamp.search.domain import Atom, Clause, pair, slips, stem
from contrechamp.search.engines import Range, Request

from .entries import PAGE, WEIGHED

FIRST_DAY, LAST_DAY = 1, date.max.toordinal()
"""What has no date is of day 0, which lies within no range of days."""
SURE = 100.0
"""More than any word can score."""
TITLE_BOOST, ALSO_BOOST, CLOSE_BOOST = 4.0, 3.0, 2.0
ORDERS = {"date": "by_day", "new": "by_at"}
RANKED = {"weight_by_field": "weight"}
UNWEIGHED = log2(2.0 + 1.0)
"""What tantivy multiplies a score by when the weight is 1."""


def order(request: Request) -> dict[str, str]:
    """Return how tantivy is to order. Among equals it keeps to the places in the index."""
    if request.order in ORDERS:
        return {"order_by_field": ORDERS[request.order]}
    if all(clause.is_negated for clause in request.parsed.clauses):
        return {"order_by_field": "by_weight"}
    return RANKED


def query(
    request: Request, schema: Any, frequent: frozenset[str], *, weighs_closeness: bool = True
) -> Any:
    """Return what tantivy is asked; `frequent`: words of which two side by side are a term."""
    wanted = [clause for clause in request.parsed.clauses if not clause.is_negated]
    names = any(name == "kind" and PAGE not in values for name, values in request.filters)
    parts: list[tuple[Any, Any]] = []
    one_of: list[tuple[Any, Any]] = []
    fuzzy = request.fuzzy
    for clause in request.parsed.clauses:
        if clause.in_title and names and (begun := _begun_name(clause, schema)):
            found = begun
        else:
            found = _clause(clause, schema, frequent, fuzzy=fuzzy and not clause.is_negated)
        if clause.is_negated:
            parts.append((Occur.MustNot, found))
        else:
            (one_of if request.any_word else parts).append(
                (Occur.Should if request.any_word else Occur.Must, found)
            )
    if one_of:
        parts.append((Occur.Must, Query.boolean_query(one_of)))
    if not wanted:
        parts.append((Occur.Must, Query.all_query()))
    if weighs_closeness and (close := _close(close_words(request), schema)):
        parts.append((Occur.Should, close))
    parts += [(Occur.Must, _in(schema, name, values)) for name, values in request.filters]
    parts += [(Occur.MustNot, _in(schema, name, values)) for name, values in request.without]
    parts += [(Occur.Must, _within(schema, bounds)) for bounds in request.ranges]
    if request.hidden:
        parts.append((Occur.MustNot, _in(schema, "ref", tuple(request.hidden))))
    return Query.boolean_query(parts)


def is_costly(request: Request) -> bool:
    """Answer whether to find takes longer than to weigh: phrases, and words looked for in the list
    of words, are not to be looked for twice."""
    atoms = (atom for clause in request.parsed.clauses for atom in clause.atoms)
    return request.fuzzy or any(atom.prefix or len(atom.words) > 1 for atom in atoms)


def by_weight(asked: Any, schema: Any) -> tuple[Any, Any]:
    """Return a query for what has the weight that nearly all have, and one for the others."""
    weighed = Query.const_score_query(Query.term_query(schema, "weighed", WEIGHED), 0.0)
    light = Query.boolean_query([(Occur.Must, asked), (Occur.MustNot, weighed)])
    return light, Query.boolean_query([(Occur.Must, asked), (Occur.Must, weighed)])


def _in(schema: Any, name: str, values: Sequence[str]) -> Any:
    return Query.const_score_query(Query.term_set_query(schema, name, list(values)), 0.0)


def _within(schema: Any, bounds: Range) -> Any:
    """Return a query for what has a number between two, both included."""
    low = -inf if bounds.low is None else bounds.low
    high = inf if bounds.high is None else bounds.high
    if bounds.field == "day":
        first, last = ceil(max(low, FIRST_DAY)), floor(min(high, LAST_DAY))
        if first > last:
            return Query.empty_query()
        within = Query.range_query(schema, "day", FieldType.Integer, first, last)
    elif low > high:
        return Query.empty_query()
    else:
        within = Query.range_query(schema, bounds.field, FieldType.Float, float(low), float(high))
    return Query.const_score_query(within, 0.0)


def _clause(clause: Clause, schema: Any, frequent: frozenset[str], *, fuzzy: bool) -> Any:
    atoms = [_atom(atom, clause.in_title, schema, frequent) for atom in clause.atoms]
    if fuzzy and (nearly := _nearly(clause.atoms[0], clause.in_title, schema)):
        # What has the word itself stands before all that has only one like it.
        sure = Query.boost_query(Query.const_score_query(atoms[0], 1.0), SURE)
        atoms[0] = Query.boolean_query(
            [(Occur.Must, Query.disjunction_max_query([atoms[0], nearly])), (Occur.Should, sure)]
        )
    if len(atoms) == 1:
        return atoms[0]
    # What was typed counts more than a synonym of it, and both together not double.
    return Query.disjunction_max_query(
        [
            query if atom.typed else Query.boost_query(query, 0.7)
            for atom, query in zip(clause.atoms, atoms, strict=True)
        ]
    )


def _atom(atom: Atom, in_title: bool, schema: Any, frequent: frozenset[str]) -> Any:
    if atom.prefix:
        return _begins(atom, in_title, schema)
    if atom.exact:
        return _either(
            [
                (_phrase("title", atom.words, schema, frequent), TITLE_BOOST),
                *([] if in_title else [(_phrase("body", atom.words, schema, frequent), 1.0)]),
            ]
        )
    words = [_word(word, in_title, schema) for word in atom.words]
    if len(words) == 1:
        return words[0]
    return Query.boolean_query([(Occur.Must, word) for word in words])


def _word(word: str, in_title: bool, schema: Any) -> Any:
    title = (Query.term_query(schema, "title", stem(word)), TITLE_BOOST)
    if in_title:
        return _either([title])
    return _either(
        [
            (Query.term_query(schema, "body", stem(word)), 1.0),
            title,
            (Query.term_query(schema, "also", word), ALSO_BOOST),
        ]
    )


def _nearly(atom: Atom, in_title: bool, schema: Any) -> Any:
    """Return a query for words at a letter's distance (two from 6 letters on) of a typed word.

    None where no slip is forgiven: phrases, numbers, and words so short that everything is near.
    Compared are the words as they stand, folded, and not their stems: of "camréas" the second
    is not always near.
    """
    word = atom.words[0]
    most = slips(word)
    if atom.exact or len(atom.words) > 1 or not most:
        return None

    def near(name: str) -> Any:
        return Query.fuzzy_term_query(schema, name, word, most, True, atom.prefix)

    fields = [(near("title_x"), TITLE_BOOST)]
    if not in_title:
        fields += [(near("body_x"), 1.0), (near("also"), ALSO_BOOST)]
    return _either(fields)


def _phrase(name: str, words: Sequence[str], schema: Any, frequent: frozenset[str]) -> Any:
    """Return a query for words in this order in the title or the body.

    Two frequent words side by side are one term. In a longer phrase their pairs say first where
    it is worth to look at the places of words.
    """
    if len(words) == 1:
        return Query.term_query(schema, f"{name}_x", words[0])
    known = [
        Query.term_query(schema, f"{name}_2", pair(*two))
        for two in pairwise(words)
        if frequent.issuperset(two)
    ]
    if known and len(words) == 2:
        return known[0]
    phrase = Query.phrase_query(schema, f"{name}_x", list(words))
    if not known:
        return phrase
    parts = [(Occur.Must, Query.const_score_query(each, 0.0)) for each in known]
    return Query.boolean_query([(Occur.Must, phrase), *parts])


def _begins(atom: Atom, in_title: bool, schema: Any) -> Any:
    def begins(name: str) -> Any:
        if len(atom.words) > 1:
            return Query.phrase_prefix_query(schema, name, list(atom.words))
        return Query.regex_query(schema, name, f"{atom.words[0]}.*")  # Letters and digits alone.

    fields = [(begins("title_x"), TITLE_BOOST)]
    if not in_title:
        fields += [(begins("body_x"), 1.0)]
        if len(atom.words) == 1:
            fields += [(begins("also"), ALSO_BOOST)]
    return _either(fields)


def _begun_name(clause: Clause, schema: Any) -> Any:
    """Return a query for what has a word that begins so in its title, and is no page.

    What is proposed while one types must not look at the titles of a million pages.
    """
    atom = clause.atoms[0]
    if len(clause.atoms) > 1 or not atom.prefix or len(atom.words) > 1:
        return None
    return Query.regex_query(schema, "name", f"{atom.words[0]}.*")


def _either(queries: Sequence[tuple[Any, float]]) -> Any:
    boosted = [q if boost == 1.0 else Query.boost_query(q, boost) for q, boost in queries]
    return boosted[0] if len(boosted) == 1 else Query.disjunction_max_query(boosted, 0.2)


def close_words(request: Request) -> list[str]:
    """Return the typed words that are worth more side by side; none if there are not two.

    Who asks for one of the words does so because nothing has them all.
    """
    words = [
        word
        for clause in request.parsed.clauses
        for atom in clause.atoms[:1]
        if not clause.is_negated and not atom.exact and not atom.prefix
        for word in atom.words
    ]
    return words if 1 < len(words) <= 5 and not request.any_word else []


def _close(words: Sequence[str], schema: Any) -> Any:
    """Return a query for words side by side; None if there are none."""
    if not words:
        return None
    phrases = [
        (Occur.Should, Query.boost_query(Query.phrase_query(schema, name, [*words], 2), boost))
        for name, boost in (("title_x", TITLE_BOOST), ("body_x", CLOSE_BOOST))
    ]
    return Query.boolean_query(phrases)


def among(refs: Sequence[str], asked: Any, schema: Any) -> Any:
    """Return a query for what is asked, as far as it is one of these."""
    return Query.boolean_query([(Occur.Must, _in(schema, "ref", refs)), (Occur.Must, asked)])
