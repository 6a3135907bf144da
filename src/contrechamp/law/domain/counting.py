"""Count the days of one step by its rules, and keep each line so that a person can replay it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from .formulas import FORMULAS, OPERATORS, Op
from .items import Item, Line, Reading, Remedies
from .pack import Pack, Rule

FIELDS = ("not_before", "act_by_safe", "last_day")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A day that a period starts from, how it was found, and the fact at the root of it."""

    day: date
    lines: tuple[Line, ...]
    root: date
    """The day of the fact: it picks the version of each rule."""

    @property
    def is_fact(self) -> bool:
        """Answer whether it is a fact itself, and not a decision that silence made."""
        return self.lines[0].op == "START"


def fact(name: str, day: date) -> Anchor:
    """Return the anchor that an event is."""
    return Anchor(day, (Line("anchor", "START", day, 0, day, f"event {name}"),), day)


def known(name: str, facts: Mapping[str, date]) -> Anchor | None:
    """Return the anchor that an event is, None when it is not among the facts."""
    return fact(name, facts[name]) if name in facts else None


@dataclass(frozen=True, slots=True)
class Part:
    """What one field of an item is counted by: a rule, from an anchor."""

    rule: Rule
    anchor: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """How a person asks: the pack, the reading, the remedies, the distance."""

    pack: Pack
    reading: Reading
    caps: Mapping[str, Remedies]
    """By step of a cap: whether the letter named the remedies."""
    distance: int
    in_full: bool

    def part(self, rule: str, anchor: Anchor) -> Part:
        """Return the version of a rule that counts from an anchor.

        The calculator's rules count from any day: a pack where one does not is refused.
        """
        found = self.pack.at(rule, anchor.root)
        assert found is not None, rule  # noqa: S101
        return Part(found, anchor)

    def filed(self, rule: str, anchor: Anchor) -> Part | None:
        """Return the version of a rule for files; None for the calculator, or before the law."""
        found = self.pack.at(rule, anchor.root) if self.in_full else None
        return Part(found, anchor) if found else None

    def birth(self, rule: str, asked: Anchor) -> Anchor:
        """Return the decision that silence makes of a fact: the new anchor of what follows."""
        part = self.part(rule, asked)
        count = _Count(self.distance)
        count.run("anchor", part.rule.part("opens"), part)
        return Anchor(count.lines[-1].result, (count.lines[-1],), asked.root)

    def only(self, part: Part) -> Item:
        """Return the step of one rule from one anchor, with the fields that the rule has."""
        has = part.rule.part
        return self.item(
            opens=part if has("opens") else None,
            safe=part if has("safe") else None,
            last=part if has("usual") else None,
        )

    def cap(self, rule: str, anchor: Anchor) -> Iterator[Item]:
        """Yield a rescue line, unless the letter named the remedies and their periods."""
        part = self.part(rule, anchor)
        if self.caps[part.rule.step] is not Remedies.STATED:
            yield self.only(part)

    def item(
        self,
        *,
        opens: Part | None = None,
        safe: Part | None = None,
        last: Part | None = None,
        notes: Iterable[Line] = (),
    ) -> Item:
        """Return a step whose fields are counted each by a rule from an anchor."""
        parts = [part for part in (safe, last, opens) if part]
        count = _Count(self.distance)
        opened = count.run("not_before", opens.rule.part("opens"), opens) if opens else None
        by = count.run("act_by_safe", safe.rule.part("safe"), safe) if safe else None
        until = self._last_day(count, safe, last)
        for note in notes:
            count.keep(note)
        return Item(
            step=parts[0].rule.step,
            rule=parts[0].rule.id,
            not_before=opened,
            act_by_safe=by,
            last_day=until,
            basis=merged(part.rule.basis for part in parts),
            reading=self.reading,
            uncertain=in_order(code for part in parts for code in part.rule.uncertain),
            lines=tuple(count.lines),
            older_texts=" ; ".join(merged(_older(part) for part in parts)),
        )

    def _last_day(self, count: _Count, safe: Part | None, last: Part | None) -> date | None:
        if last is None:
            return None
        if self.reading is Reading.SAFE and safe:
            return count.run("last_day", safe.rule.part("safe"), safe)
        name = "strict" if self.reading is Reading.STRICT else "usual"
        return count.run("last_day", last.rule.part(name), last)


class _Count:
    """The lines of one item, as they are counted."""

    def __init__(self, distance: int) -> None:
        self.lines: list[Line] = []
        self.distance = distance

    def run(self, field: str, formula: str, part: Part) -> date:
        """Count one field by a formula, and return its day."""
        ops, anchor = FORMULAS[formula], part.anchor
        if not ops:
            first = anchor.lines[-1]
            self.lines.append(Line(field, "START", anchor.day, 0, anchor.day, first.basis))
            return anchor.day
        for line in anchor.lines:
            self.keep(line)
        day = anchor.day
        for op in ops[:-1]:
            day = self._step("anchor", op, day, part.rule)
        return self._step(field, ops[-1], day, part.rule)

    def keep(self, line: Line) -> None:
        """Add a line on the way, unless the same was counted already."""
        if not any(_same(line, each) for each in self.lines):
            self.lines.append(line)

    def _step(self, field: str, op: Op, day: date, rule: Rule) -> date:
        n = op.months(self.distance)
        line = Line(field, op.name, day, n, OPERATORS[op.name](day, n), op.why or rule.counted)
        if field == "anchor":
            self.keep(line)
        else:
            self.lines.append(line)
        return line.result


def _same(one: Line, other: Line) -> bool:
    return (one.op, one.start, one.n, one.basis) == (other.op, other.start, other.n, other.basis)


def _older(part: Part) -> tuple[str, ...]:
    """Return the texts that held on the day of the facts, when the rule is younger."""
    return (part.rule.older_texts,) if part.anchor.root < part.rule.valid_from else ()


def merged(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Return each text of groups once, in their order."""
    return tuple(dict.fromkeys(text for group in groups for text in group))


def in_order(codes: Iterable[str]) -> tuple[str, ...]:
    """Return codes U1 … U12 once each, by number."""
    return tuple(sorted(set(codes), key=lambda code: int(code[1:])))
