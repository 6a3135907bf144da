"""The page of an experiment, made ready: its form, its numbers, its figures, its sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from contrechamp.kernel.typography import french
from contrechamp.lab import caveats, params, plots, references, words
from contrechamp.lab.model import NO_UNIT, Experiment, Number, Param, Text
from contrechamp.web.domain.lab.asking import SEED, Asked, Wrong, query_of
from contrechamp.web.domain.lab.keeping import Shown

ROWS = 14
"""Of a figure's table on the page; its file has all."""
SHORT = 12
"""Signs of the certificate under a figure."""


def tongue() -> str:
    """Return the language of the page: fr or en."""
    return "en" if (get_language() or "fr").startswith("en") else "fr"


def say(text: Text) -> str:
    """Return a sentence of the lab in the language of the page, its French spaces set."""
    return text.en if tongue() == "en" else french(text.fr)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer of a choice."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of the form."""

    name: str
    label: str
    help: str
    kind: str
    value: str
    unit: str = ""
    low: str = ""
    high: str = ""
    bounds: tuple[str, str] = ("", "")
    """As one reads them."""
    step: str = "any"
    error: str = ""
    options: tuple[Option, ...] = ()
    is_changed: bool = False

    @property
    def described_by(self) -> str:
        """Return the ids of what explains the field."""
        return f"help-{self.name}" + (f" error-{self.name}" if self.error else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The fields that change the answer, and those that change how exact it is."""

    fields: tuple[Field, ...]
    precision: tuple[Field, ...]

    @property
    def is_precision_open(self) -> bool:
        """Whether something of the second part is changed or wrong."""
        return any(each.error or each.is_changed for each in self.precision)

    @property
    def errors(self) -> list[Field]:
        """Return the fields that are wrong."""
        return [each for each in (*self.fields, *self.precision) if each.error]


def form_of(experiment: Experiment, asked: Asked | Wrong) -> Form:
    """Return the form as it was filled in."""
    every = [_field(each, asked) for each in experiment.params]
    exact = set(experiment.precision)
    return Form(
        fields=tuple(each for each in every if each.name not in exact),
        precision=(*(each for each in every if each.name in exact), _seed(asked)),
    )


def _field(param: Param, asked: Asked | Wrong) -> Field:
    default = params.written(param.default)
    if isinstance(asked, Wrong):
        value = asked.typed.get(param.name) or default
        error = say(asked.errors[param.name]) if param.name in asked.errors else ""
    else:
        value, error = params.written(asked.values[param.name]), ""
    high = param.web_high if param.web_high is not None else param.high
    return Field(
        name=param.name,
        label=say(param.label),
        help=say(param.help),
        kind="number" if param.kind in {"int", "float"} else param.kind,
        value=value,
        unit=say(param.unit),
        low=_bound(param.low),
        high=_bound(high),
        bounds=(_read(param.low), _read(high)),
        step="1" if param.kind == "int" else "any",
        error=error,
        options=tuple(_options(param, value)),
        is_changed=value != default,
    )


def _read(value: float | None) -> str:
    return "" if value is None else plots.written(value, tongue())


def _bound(value: float | None) -> str:
    return "" if value is None else f"{value:.15g}"


def _options(param: Param, value: str) -> Iterator[Option]:
    if param.kind == "bool":
        for word, label in (("yes", gettext("oui")), ("no", gettext("non"))):
            yield Option(value=word, label=label, is_chosen=value == word)
    for word in param.choices:
        label = say(param.choice_labels[word]) if word in param.choice_labels else word
        yield Option(value=word, label=label, is_chosen=value == word)


def _seed(asked: Asked | Wrong) -> Field:
    wrong = asked.errors if isinstance(asked, Wrong) else {}
    value = (asked.typed.get(SEED) or "0") if isinstance(asked, Wrong) else str(asked.seed)
    return Field(
        name=SEED,
        label=gettext("Graine du hasard"),
        help=gettext("La même graine redonne exactement les mêmes nombres."),
        kind="number",
        value=value,
        low="0",
        high="2147483647",
        step="1",
        error=say(wrong[SEED]) if SEED in wrong else "",
        is_changed=value != "0",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A preset, as a link."""

    label: str
    url: str
    is_current: bool


def presets(experiment: Experiment, asked: Asked | Wrong) -> list[Link]:
    """Return the states with a name."""
    page = reverse("web:lab-experiment", args=[experiment.id])
    now = asked.query if isinstance(asked, Asked) else None
    found = []
    for preset in experiment.presets:
        query = query_of(experiment, {**experiment.defaults(), **preset.values})
        url = f"{page}?{query}" if query else page
        found.append(Link(label=say(preset.label), url=url, is_current=query == now))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRow:
    """One number of a result, in words."""

    name: str
    label: str
    value: str
    interval: str
    error: str
    why: str


def number_rows(experiment: Experiment, shown: Shown) -> list[NumberRow]:
    """Return every number with its interval, or why there is none."""
    data = shown.json
    return [
        NumberRow(
            name=each.name,
            label=say(each.help),
            value=written(each, data["numbers"].get(each.name)),
            interval=_interval(each, data["intervals"].get(each.name)),
            error=_error(each, data["errors"].get(each.name)),
            why=say(shown.reasons.get(each.name, NO_UNIT)),
        )
        for each in experiment.numbers
    ]


def written(number: Number, value: float | None) -> str:
    """Write a number as its kind is read: shares in percent, money, counts."""
    if value is None:
        return "–"
    if number.kind == "share":
        return say(words.share(value, 1 if abs(value) >= 0.001 or value == 0 else 4))
    if number.kind == "count" or isinstance(value, int):
        text = say(words.amount(value, 0))
    elif number.kind == "money":
        text = say(words.amount(value, 0 if abs(value) >= 1_000 else 2))
    else:
        text = plots.written(value, tongue())
    unit = say(number.unit)
    return f"{text}\u00a0{unit}" if unit else text


def _interval(number: Number, both: list[float | None] | None) -> str:
    if not both or None in both:
        return ""
    return gettext("{low} à {high}").format(
        low=written(number, both[0]), high=written(number, both[1])
    )


def _error(number: Number, value: float | None) -> str:
    return f"± {written(number, value)}" if value else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureShown:
    """One figure: two drawings, one of which is shown, its table and its files."""

    id: str
    title: str
    reading: str
    drawings: SafeString
    head: list[str]
    rows: list[list[str]]
    left: int
    base: str
    """Address without its ending."""
    query: str


def figures(experiment: Experiment, shown: Shown, query: str) -> list[FigureShown]:
    """Return the figures of a result, drawn."""
    language, made = tongue(), []
    for figure in shown.figures:
        table = plots.table(figure, language=language, most=ROWS)
        both = "".join(
            plots.draw(figure, language=language, size=size) for size in (plots.WIDE, plots.NARROW)
        )
        base = reverse("web:lab-figure-svg", args=[experiment.id, figure.id])
        made.append(
            FigureShown(
                id=figure.id,
                title=say(figure.title),
                reading=say(figure.reading),
                drawings=mark_safe(both),  # noqa: S308  made by us, every text in it escaped
                head=table.head,
                rows=[[plots.as_text(cell, language) for cell in row] for row in table.rows],
                left=table.left,
                base=base.removesuffix(".svg"),
                query=f"?{query}" if query else "",
            )
        )
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A number that a source prints, with where it stands there."""

    note: str
    source: str
    authors: str
    year: int
    url: str
    locator: str
    is_second_hand: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A work that an experiment is made from."""

    title: str
    authors: str
    year: int
    url: str
    note: str


def counter_of(experiment: Experiment) -> list[Quoted]:
    """Return what speaks against what the experiment suggests; nothing unverified."""
    found = [references.get(name) for name in experiment.counter]
    return [_quoted(each) for each in found if each is not None and each.is_shown]


def _quoted(reference: references.Reference) -> Quoted:
    source = references.table().sources[reference.source]
    return Quoted(
        note=say(reference.note),
        source=source.title,
        authors=source.authors,
        year=source.year,
        url=reference.url or source.url,
        locator=reference.locator,
        is_second_hand=reference.seen == "secondary",
    )


def sources_of(experiment: Experiment) -> list[Source]:
    """Return the works that an experiment is made from."""
    known = references.table().sources
    return [
        Source(
            title=each.title,
            authors=each.authors,
            year=each.year,
            url=each.url,
            note=say(each.note),
        )
        for each in (known[name] for name in experiment.sources if name in known)
    ]


def caveats_of(experiment: Experiment) -> list[str]:
    """Return what the experiment does not prove."""
    return [say(caveats.get(name)) for name in experiment.caveats]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One experiment of the list."""

    id: str
    claim: str
    title: str
    question: str
    verdict: str
    url: str
    takes_town: bool = False
    checks: Mapping[str, int] = field(default_factory=dict)
