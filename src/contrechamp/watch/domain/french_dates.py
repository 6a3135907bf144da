"""Days and hours as French orders write them, read into intervals.

"le jeudi 9 janvier 2025 de 14h00 à 21h00", "du mardi 21 à 08h00 au mercredi 22 janvier", "les 5, 6
et 7 février de 15 h à 22 h", "13/12/2025", "ce 1er mai". Texts come folded (`text.folded`), so
offsets are those of the original. Words become tokens, tokens days and hours, these intervals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from .finding import Interval

DAY = timedelta(days=1)
MIDNIGHT = 24 * 60
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("janvier janv jan", "fevrier fevr fev", "mars", "avril avr", "mai", "juin"),
            *("juillet juill juil", "aout", "septembre sept", "octobre oct", "novembre nov"),
            "decembre dec",
        ),
        start=1,
    )
    for name in names.split()
}
_LONG = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
YEARS = range(2000, 2060)
"""Years in which a decision of our time can be meant; 14 July 1789 is a street."""
FARTHEST = 60
"""Signs between a day and its hours, when a place stands between them."""

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_TOKEN = re.compile(
    r"(?P<blank>[\s(«»\"\u00ad)]+)"
    r"|(?P<digits>(?P<dd>[0-3]?[0-9])\s?(?P<sep>[/.-])\s?(?P<mm>[01]?[0-9])\s?(?P=sep)\s?"
    r"(?P<yy>20[0-9]{2}|[0-9]{2}(?![0-9])))"
    r"|(?P<short>(?P<sd>[0-3]?[0-9])[/.](?P<sm>[01]?[0-9])(?![0-9./]))"
    r"|(?P<hour>(?P<h>[0-2]?[0-9])\s{0,2}"
    r"(?:(?:heures?|hrs?|h)(?![a-z])\s{0,2}(?P<min>[0-5][0-9])?(?![0-9/])(?:\s?(?:min|mn)\b)?"
    r"|:\s?(?P<min2>[0-5][0-9])(?![0-9])))"
    r"|(?P<special>minuit|midi)\b"
    r"|(?P<weekday>(?:" + "|".join(WEEKDAYS) + r")(?P<several>s?))\b"
    r"|(?P<day>1\s?ers?(?![a-z])|premier\b|[12]\s[0-9](?=\s{1,3}(?:" + _MONTH + r")\b)"
    r"|[0-3]?[0-9](?![0-9]|\s?(?:%|eme|er?\b|nd\b|m\b|km\b)))"
    r"|(?P<month>(?:" + _MONTH + r")\b\.?)"
    r"|(?P<cut>[a-z]{3,8}\Z)"
    r"|(?P<to>(?:jusqu'?\s?(?:au|a)|au|a|-)(?![a-z]))"
    r"|(?P<and>(?:et|puis|ainsi\s+que|[,;])(?![a-z]))"
    r"|(?P<from>(?:a\s+partir|a\s+compter|de|des|du|d'|entre)(?![a-z]))"
    r"|(?P<always>(?:tous\s+les\s+jours|chaque\s+jour|quotidiennement|chaque\s+nuit)\b)"
    r"|(?P<filler>(?:les?|la|soirs?|soiree|nuits?|matin|apres-midi|inclus(?:e|es)?|soit|pour|ce|cette|"
    r"journees?|dans|date)(?![a-z]))"
)
_YEAR = re.compile(r"\s{0,3}(?P<year>20[0-9]{2}|1[0-9]{3}(?![0-9]))")
_DAY_NEXT = re.compile(r"\s{1,3}(?:1\s?er|[0-3]?[0-9](?![0-9h]))")
_START = re.compile(
    r"(?<![a-z0-9/.])(?<![a-z0-9]-)(?:(?:" + "|".join(WEEKDAYS) + r")s?\b|1\s?ers?\b|premier\b"
    r"|[0-3]?[0-9](?![0-9])"
    r"|minuit|midi)"
)
_ENTERED = re.compile(r"(?:(?<![a-z])(?:les?|d[ue]s?|aux?|a|et|ce|entre|,)|[(,;-])\s{0,3}$")
"""What may stand before the first of several days: "les 5, 6 et 7 mai", not "Paris 10 et"."""
_STREET = re.compile(
    r"\b(?:rue|avenue|av\.?|boulevard|bd\.?|place|quai|pont|square|impasse|stade|allee|cours|esplanade"
    r"|station|metro)\s+(?:de\s+la\s+victoire\s+)?d[ue]\s+(?:la\s+)?$"
)
_CITED = re.compile(
    # Not further than the verb of an act's title: "arrêté n° 12 autorisant … du 3 mai".
    r"\b(?:arretes?\b(?:(?!\b\w{2,16}ant\b)[^.;,]){0,50}|(?:loi|decrets?|ordonnance|circulaire"
    r"|deliberation|decision|instruction|demande|avis|courrier|courriel|note|proces-verbal|code"
    r"|convention|declaration|recepisse|lettre|rapport|mail|commission)\b"
    r"(?:(?!\b\w{2,16}ant\b)[^.;,]){0,90})"
    r"\b(?:du|de|les|des|modifiee?\s+du|signee?\s+le|signe|recue?\s+le)\s+$"
    r"|\b(?:en\s+date|date|datee?)\s+(?:du\s+)?$"
)
_NUMBERED = re.compile(r"\b(?:articles?|n°|no|numero|alinea|annexe|page)\s*$")


class _Day(NamedTuple):
    start: int
    end: int
    day: int
    month: int | None
    year: int | None
    weekday: int | None


class _Token(NamedTuple):
    kind: str  # day, hour, to, and, from, always, weekdays
    start: int
    end: int
    day: _Day | None = None
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class When:
    """One expression of time in a text: where it stands, and the intervals that it means."""

    start: int
    end: int
    intervals: tuple[Interval, ...]
    warnings: tuple[str, ...] = ()
    has_hours: bool = False
    is_cited: bool = False
    """True where it dates another act, an event of the past or a street: "la loi du 19 mai"."""


@dataclass(frozen=True, slots=True)
class Dated:
    """One day named in a text."""

    start: int
    end: int
    day: date
    is_cited: bool = False


def read_dates(folded: str, near: date | None = None) -> list[Dated]:
    """Return each day that a folded text names, as far as a date of the calendar comes of it.

    `near`: a day close to which dates without year are, such as that of publication.
    """
    found = []
    for tokens in _runs(folded):
        days = [token.day for token in tokens if token.day]
        for day, resolved in zip(days, _resolve(days, near), strict=True):
            if resolved:
                cited = _is_cited(folded, day.start)
                found.append(Dated(day.start, day.end, resolved.day, cited))
    return found


def first_date(folded: str, near: date | None = None) -> date | None:
    """Return the first day that a folded text names, or None."""
    return next((each.day for each in read_dates(folded, near)), None)


def read_times(folded: str, near: date | None = None) -> list[When]:
    """Return each expression of time of a folded text, in order.

    A day without hours gives an interval of dates. The same hours on days in a row give one
    interval with `daily`, one for each window of hours; hours past midnight end the next day.
    A weekday that does not fit its date is overruled by the date, with a warning.
    """
    found: list[When] = []
    runs = list(_runs(folded))
    for index, tokens in enumerate(runs):
        if not any(token.day for token in tokens):
            continue
        later = runs[index + 1] if index + 1 < len(runs) else []
        if later and _belongs(folded, tokens, later):
            tokens = [*tokens, *later]
        found.extend(_expressions(folded, tokens, near))
    return found


def _belongs(folded: str, tokens: Sequence[_Token], later: Sequence[_Token]) -> bool:
    """Answer whether hours that stand a little after days are the hours of these days."""
    if any(token.kind in ("hour", "day") for token in tokens[-1:] if token.kind == "hour"):
        return False
    if any(token.kind == "hour" for token in tokens) or any(token.day for token in later):
        return False
    gap = folded[tokens[-1].end : later[0].start]
    return len(gap) <= FARTHEST and not re.search(r"[.;:]\s|\barticle\b", gap)


def _runs(folded: str) -> Iterator[list[_Token]]:
    """Yield the tokens that follow each other without a word of another kind."""
    at = 0
    while found := _START.search(folded, at):
        begin = _back(folded, found.start(), at)
        tokens, at = _tokens(folded, begin)
        at = max(at, found.end())
        if tokens:
            yield tokens


def _back(folded: str, start: int, limit: int) -> int:
    """Return where "du", "le" or "de" before the first day or hour begins."""
    words = re.compile(r"(?:a\s+partir\s+d|jusqu'|entre|du|de|les?|au|a)\W{0,3}$")
    before = folded[max(limit, start - 14) : start]
    found = words.search(before)
    if found and (found.start() == 0 or not before[found.start() - 1].isalpha()):
        return start - len(before) + found.start()
    return start


def _tokens(folded: str, at: int) -> tuple[list[_Token], int]:
    raw: list[_Token] = []
    weekday: tuple[int, int] | None = None
    while found := _TOKEN.match(folded, at):
        kind = found.lastgroup or ""
        kind = next(
            name
            for name in (
                *(
                    "blank",
                    "digits",
                    "short",
                    "hour",
                    "special",
                    "weekday",
                    "day",
                    "month",
                    "cut",
                    "to",
                ),
                *("and", "from", "always", "filler"),
            )
            if found[name] is not None
        )
        start, end = found.span()
        if kind == "cut":
            months = [each for each in _LONG.split() if each.startswith(found["cut"])]
            last = raw[-1].day if raw and raw[-1].day else None
            if len(months) != 1 or last is None or last.month:
                break
            raw[-1] = _with(raw[-1], end, last._replace(month=MONTHS[months[0]], end=end))
        elif kind == "weekday":
            weekday = (WEEKDAYS.index(found["weekday"].rstrip("s")), start)
            if found["several"] and not _DAY_NEXT.match(folded, end):
                raw.append(_Token("weekdays", start, end))
                weekday = None
        elif kind == "digits":
            yy = int(found["yy"])
            began = weekday[1] if weekday else start
            day = _Day(
                *(began, end, int(found["dd"]), int(found["mm"])),
                *(yy if yy > 99 else 2000 + yy, weekday[0] if weekday else None),
            )
            raw.append(_Token("day", began, end, day))
            weekday = None
        elif kind == "short":
            if not weekday and not _ENTERED.search(folded, max(0, start - 12), start):
                break
            began = weekday[1] if weekday else start
            day = _Day(
                *(began, end, int(found["sd"]), int(found["sm"])),
                *(None, weekday[0] if weekday else None),
            )
            raw.append(_Token("day", began, end, day))
            weekday = None
        elif kind == "day":
            text = re.sub(r"\s", "", found["day"])
            number = 1 if text[0] in "1p" and not text.isdigit() else int(text)
            began = weekday[1] if weekday else start
            day = _Day(began, end, number, None, None, weekday[0] if weekday else None)
            raw.append(_Token("day", began, end, day))
            weekday = None
        elif kind == "month":
            last = raw[-1].day if raw and raw[-1].day else None
            if last is None or last.month or re.search(r"[^\s]", folded[last.end : start]):
                break
            month, year = MONTHS[found["month"].rstrip(".")], None
            year_found = _YEAR.match(folded, end)
            if year_found:
                end, year = year_found.end(), int(year_found["year"])
            raw[-1] = _with(raw[-1], end, last._replace(month=month, year=year, end=end))
            if year_found and (more := re.compile("[0-9]+").match(folded, end)):
                # The number of the page stuck to the year: the text goes on after it.
                end = more.end()
        elif kind in ("hour", "special"):
            hours = _minutes(found)
            if hours is None:
                break
            raw.append(_Token("hour", start, end, None, hours))
        elif kind in ("to", "and", "from", "always"):
            raw.append(_Token(kind, start, end))
            weekday = None if kind != "and" else weekday
        at = end
    raw = _without_strays(folded, raw)
    while raw and raw[-1].kind in ("to", "and", "from"):
        raw.pop()
    return raw, at


def _without_strays(folded: str, raw: Sequence[_Token]) -> list[_Token]:
    """Drop numbers that only look like days: "TOP 14 le 17 juin", "Paris 10, le 13.11.22"."""
    kept: list[_Token] = []
    for index, token in enumerate(raw):
        if token.day and token.day.month is None and token.day.weekday is None:
            before = folded[max(0, token.start - 12) : token.start]
            if not _ENTERED.search(before) and not (index and raw[index - 1].kind != "day"):
                continue
            after = [each.kind for each in raw[index + 1 : index + 3]]
            if after[:1] == ["day"] or after == ["from", "day"]:
                continue
            if not kept and not _ENTERED.search(before):
                continue
        kept.append(token)
    return kept


def _with(token: _Token, end: int, day: _Day) -> _Token:
    return token._replace(end=end, day=day)


def _minutes(found: re.Match[str]) -> int | None:
    if found["special"]:
        return MIDNIGHT if found["special"] == "minuit" else 12 * 60
    hours, minutes = int(found["h"]), int(found["min"] or found["min2"] or 0)
    return hours * 60 + minutes if hours < 24 else MIDNIGHT if hours == 24 and not minutes else None


@dataclass(frozen=True, slots=True)
class _Resolved:
    day: date
    warnings: tuple[str, ...] = ()


def _resolve(days: Sequence[_Day], near: date | None) -> list[_Resolved | None]:
    """Give each day its month and year: those of the next that has them, or the last one's."""
    months: list[int | None] = [day.month for day in days]
    for index in reversed(range(len(days) - 1)):
        if months[index] is None:
            months[index] = months[index + 1]
    found: list[_Resolved | None] = [None] * len(days)
    later: date | None = None
    for index in reversed(range(len(days))):
        day, month = days[index], months[index]
        if month is None:
            continue
        year = day.year
        if year is None and later is not None:
            year = later.year - ((month, day.day) > (later.month, later.day))
        if year is not None and (exact := _date(year, month, day.day)):
            found[index] = _checked(day, exact, near)
            later = exact
    earlier: date | None = None
    for index, (day, month) in enumerate(zip(days, months, strict=True)):
        done = found[index]
        if done is None and month is not None and day.year is None:
            guess = None
            if earlier is not None:
                year = earlier.year + ((month, day.day) < (earlier.month, earlier.day))
                guess = _date(year, month, day.day)
            elif near is not None:
                guess = _nearest(month, day.day, near)
            if guess:
                found[index] = done = _checked(day, guess, near)
        earlier = done.day if done else earlier
    return found


def _checked(day: _Day, exact: date, near: date | None) -> _Resolved:
    """Return the date with what is to be said of it: a wrong weekday, a year that cannot be."""
    if day.weekday is None or exact.weekday() == day.weekday:
        return _Resolved(exact)
    if near and abs((exact - near).days) > 300:
        other = _nearest(exact.month, exact.day, near)
        if other and other.weekday() == day.weekday:
            return _Resolved(other, ("year_differs",))
    return _Resolved(exact, ("weekday_differs",))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def _nearest(month: int, day: int, near: date) -> date | None:
    around = (_date(near.year + shift, month, day) for shift in (-1, 0, 1))
    return min(
        (each for each in around if each), key=lambda each: abs((each - near).days), default=None
    )


class _Segment(NamedTuple):
    first: date
    from_: int | None  # minutes
    last: date
    until: int | None


def _expressions(folded: str, tokens: Sequence[_Token], near: date | None) -> Iterator[When]:
    """Yield what a run of tokens says, cut after each group of days with its hours."""
    days = [token.day for token in tokens if token.day]
    resolved = dict(zip((day.start for day in days), _resolve(days, near), strict=True))
    reader = _Reader(folded, tokens, resolved)
    yield from reader.read()


class _Reader:
    """Reads one run of tokens from left to right."""

    def __init__(
        self, folded: str, tokens: Sequence[_Token], resolved: dict[int, _Resolved | None]
    ) -> None:
        self.folded, self.tokens, self.resolved = folded, list(tokens), resolved
        self.at = 0
        self.warnings: list[str] = []

    def kind(self, ahead: int = 0) -> str | None:
        index = self.at + ahead
        return self.tokens[index].kind if index < len(self.tokens) else None

    def read(self) -> Iterator[When]:
        segments: list[_Segment] = []
        hours: list[tuple[int, int]] = []
        start = end = None
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.kind == "day":
                if segments and (hours or not self._joined()):
                    yield from self._said(segments, hours, start, end)
                    segments, hours, start = [], [], None
                start = token.start if start is None else start
                segment = self._segment()
                if segment is None:
                    start = None if not segments else start
                    continue
                segments.append(segment)
                end = self.tokens[self.at - 1].end
            elif token.kind == "hour":
                if start is None:
                    start = token.start
                window = self._window()
                if window:
                    hours.append(window)
                    end = self.tokens[self.at - 1].end
            elif token.kind == "weekdays":
                self.warnings.append("some_weekdays_only")
                start = token.start if start is None else start
                self.at += 1
            else:
                self.at += 1
        yield from self._said(segments, hours, start, end)

    def _joined(self) -> bool:
        """Answer whether the day here goes with those before: "et", a comma, nothing else."""
        before = self.tokens[self.at - 1].kind if self.at else None
        return before in ("and", "from", "to", "always")

    def _skip(self, *kinds: str) -> int:
        skipped = 0
        while self.kind() in kinds:
            self.at += 1
            skipped += 1
        return skipped

    def _day(self) -> date | None:
        token = self.tokens[self.at]
        self.at += 1
        day = self.resolved.get(token.start)
        if day is None:
            return None
        self.warnings.extend(day.warnings)
        return day.day

    def _segment(self) -> _Segment | None:
        """Read one day, or one day to another, each with its hour: "du 3 à 8h au 5 à 20h"."""
        first = self._day()
        if first is None:
            return None
        back = self.at
        from_ = self._single_hour()
        self._skip("from") if self.kind() == "from" and self.kind(1) == "to" else None
        between = self.kind() == "to" or (self.kind() == "and" and self._after_entre(back - 1))
        if between and (
            self.kind(1) == "day" or (self.kind(1) in ("from", "to") and self.kind(2) == "day")
        ):
            self.at += 1
            self._skip("from", "to")
            last = self._day()
            if last is not None and last >= first:
                return _Segment(first, from_, last, self._single_hour())
            return _Segment(first, from_, first, None)
        if from_ is not None and self._opens_window(back):
            self.at = back
            from_ = None
        return _Segment(first, from_, first, None)

    def _after_entre(self, index: int) -> bool:
        before = self.folded[max(0, self.tokens[index].start - 12) : self.tokens[index].start]
        return "entre" in before

    def _opens_window(self, back: int) -> bool:
        """Answer whether the hour just read is the first of two: "de 14h à 21h"."""
        return self.kind() in ("to", "and") and self.kind(1) == "hour"

    def _single_hour(self) -> int | None:
        """Read "à 8h", "de 18h05" or "20h00" unless it is the first of two hours."""
        back = self.at
        self._skip("from", "to")
        if self.kind() != "hour":
            self.at = back
            return None
        if self.kind(1) in ("to", "and") and self.kind(2) == "hour":
            self.at = back
            return None
        minutes = self.tokens[self.at].minutes
        self.at += 1
        return minutes

    def _window(self) -> tuple[int, int] | None:
        first = self.tokens[self.at].minutes
        self.at += 1
        back = self.at
        if self._skip("to", "and", "from") and self.kind() == "hour":
            last = self.tokens[self.at].minutes
            self.at += 1
            return first % MIDNIGHT, last
        self.at = back
        return None

    def _said(
        self,
        segments: list[_Segment],
        hours: list[tuple[int, int]],
        start: int | None,
        end: int | None,
    ) -> Iterator[When]:
        warnings, self.warnings = tuple(dict.fromkeys(self.warnings)), []
        if not segments or start is None or end is None:
            return
        intervals = tuple(dict.fromkeys(_intervals(segments, hours)))
        yield When(
            start,
            end,
            intervals,
            warnings,
            has_hours=any("T" in each.start or each.daily for each in intervals),
            is_cited=_is_one_day(intervals) and _is_cited(self.folded, start),
        )


def _intervals(
    segments: Sequence[_Segment], hours: Sequence[tuple[int, int]]
) -> Iterator[Interval]:
    if not hours:
        for segment in _merged(segments):
            yield Interval(
                start=_moment(segment.first, segment.from_),
                end=_end(segment),
            )
        return
    for first, last in hours:
        for segment in _merged(segments):
            if segment.from_ is not None or segment.until is not None:
                yield Interval(start=_moment(segment.first, segment.from_), end=_end(segment))
            elif segment.first == segment.last:
                ends = segment.first + DAY * (last <= first)
                yield Interval(start=_moment(segment.first, first), end=_moment(ends, last))
            else:
                yield Interval(
                    start=segment.first.isoformat(),
                    end=segment.last.isoformat(),
                    daily=f"{_clock(first)}-{_clock(last)}",
                )


def _is_one_day(intervals: Sequence[Interval]) -> bool:
    return len(intervals) == 1 and intervals[0].start == intervals[0].end


def _end(segment: _Segment) -> str:
    last = segment.last
    if segment.from_ is not None and segment.until is not None and segment.first == last:
        last += DAY * (segment.until <= segment.from_)
    return _moment(last, segment.until)


def _merged(segments: Iterable[_Segment]) -> list[_Segment]:
    """Join days in a row that have no hours of their own."""
    joined: list[_Segment] = []
    for each in segments:
        last = joined[-1] if joined else None
        if (
            last
            and last.from_ is last.until is each.from_ is each.until is None
            and last.first <= each.first <= last.last + DAY
        ):
            joined[-1] = last._replace(last=max(last.last, each.last))
        else:
            joined.append(each)
    return joined


def _moment(day: date, minutes: int | None) -> str:
    if minutes is None:
        return day.isoformat()
    if minutes >= MIDNIGHT:
        day, minutes = day + DAY, minutes - MIDNIGHT
    return f"{day.isoformat()}T{_clock(minutes)}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _is_cited(folded: str, start: int) -> bool:
    """Answer whether the day there dates something else: "la loi du", "rue du"."""
    before = folded[max(0, start - 130) : start]
    # The words of the expression itself ("du", "le") may have been taken into it.
    taken = re.match(r"(?:du|des?|les?|la)\s+", folded[start : start + 6])
    if taken:
        before += taken[0]
    return bool(_CITED.search(before) or _STREET.search(before) or _NUMBERED.search(before))
