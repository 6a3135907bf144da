"""Papers that are being written: their choices, their texts, and what they say now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from contrechamp.cases.domain.drafting import (
    Choices,
    Standing,
    Written,
    digest_of,
    read_choices,
    standing_of,
    thawed,
)
from contrechamp.cases.domain.papers import (
    Entry,
    Paper,
    PaperKind,
    Problem,
    Role,
    Section,
    compose,
    edited,
    outline,
    problems,
)
from contrechamp.cases.models import Action, Draft, DraftText, DraftVersion

from .exhibits import numbered_of
from .material import Gathered, gather

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

MEANS = "mean-"
"""How the keys of means begin; the code of the means follows."""


def code_of(section: Section) -> str:
    """Return the code of the means that a section argues."""
    return section.key.removeprefix(MEANS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One section as the page of a paper shows it, with what the facts say of it now."""

    entry: Entry
    section: Section
    computed: Section
    standing: Standing
    written: DraftText | None
    """The last that was written of it, by whom and when."""
    basis: str
    problems: tuple[Problem, ...]

    @property
    def is_mean(self) -> bool:
        """Whether it is a means, that can be moved or withdrawn."""
        return self.section.role is Role.MEAN

    @property
    def code(self) -> str:
        """Return the code of the means."""
        return code_of(self.section)

    @property
    def number(self) -> int:
        """Return the number of the last text, 0 for none: what a writer has seen."""
        return self.written.number if self.written else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A paper as it stands, for a reader of its team."""

    draft: Draft
    version: DraftVersion
    choices: Choices
    gathered: Gathered
    paper: Paper
    entries: tuple[Entry, ...]
    """Its headings in order, those without a section too."""
    parts: Mapping[str, Part]
    problems: tuple[Problem, ...]

    def beside(self, code: str, by: int) -> str:
        """Return the means above (-1) or below (1) another under the same heading, or itself."""
        means = [each for each in self.paper.sections if each.role is Role.MEAN]
        side = next((each.side for each in means if code_of(each) == code), None)
        codes = [code_of(each) for each in means if each.side is side]
        at = codes.index(code) + by if code in codes else -1
        return codes[at] if 0 <= at < len(codes) else code

    @property
    def forbidding(self) -> tuple[Problem, ...]:
        """Return what forbids to call it final."""
        return tuple(each for each in self.problems if each.forbids)

    @property
    def notices(self) -> tuple[Problem, ...]:
        """Return what is only said."""
        return tuple(each for each in self.problems if not each.forbids)


def drafts_of(action: Action) -> QuerySet[Draft]:
    """Return the papers of an action that were not thrown away, the latest first."""
    return action.drafts.filter(removed_at=None).select_related("made_by").order_by("-changed_at")


def bodies_of(action: Action) -> list[str]:
    """Return what the papers of an action say by hand, or finally: the exhibits cited there."""
    found = []
    for draft in drafts_of(action):
        if draft.frozen:
            found += [str(each["body"]) for each in draft.frozen["sections"]]
        else:
            found += [row.text for row in texts_of(draft).values() if row.is_own]
    return found


def version_of(draft: Draft) -> DraftVersion:
    """Return what a paper is made of now."""
    return draft.versions.select_related("made_by").latest("number")


def choices_of(draft: Draft) -> Choices:
    """Return the choices that stand."""
    return read_choices(version_of(draft).choices)


def texts_of(draft: Draft) -> dict[str, DraftText]:
    """Return by section the last text written of it, or given back to the facts."""
    rows = draft.texts.select_related("made_by").order_by("section", "number")
    return {row.section: row for row in rows}


def written(row: DraftText | None) -> Written:
    """Return a row as the rules see it."""
    if row is None:
        return Written()
    return Written(
        number=row.number, title=row.title, text=row.text, is_own=row.is_own, basis=row.basis
    )


def open_draft(draft: Draft, *, user: User, now: datetime, site: str) -> Open:
    """Return a paper as it stands: computed from the facts, with what was written by hand."""
    version = version_of(draft)
    choices = read_choices(version.choices)
    kind = PaperKind(draft.kind)
    gathered = gather(draft.action, kind, choices, user=user, now=now, site=site)
    frozen = thawed(draft.frozen, numbered_of(draft.action)) if draft.frozen else None
    computed, rows = frozen or compose(kind, gathered.material), texts_of(draft)
    own = {key: row for key, row in rows.items() if row.is_own}
    titles = {key: row.title for key, row in own.items() if row.title}
    paper = frozen or edited(computed, {key: row.text for key, row in own.items()}, titles)
    found = problems(paper, gathered.material)
    return Open(
        draft=draft,
        version=version,
        choices=choices,
        gathered=gathered,
        paper=paper,
        entries=outline(paper),
        parts=_parts(paper, computed, rows, found, gathered, site, is_final=bool(draft.frozen)),
        problems=found,
    )


def _parts(
    paper: Paper,
    computed: Paper,
    rows: Mapping[str, DraftText],
    found: Sequence[Problem],
    gathered: Gathered,
    site: str,
    *,
    is_final: bool,
) -> dict[str, Part]:
    parts: dict[str, Part] = {}
    for entry in outline(paper):
        if entry.section is None:
            continue
        key = entry.section.key
        said = computed.section(key) or entry.section
        basis, row = digest_of(said, site), rows.get(key)
        standing = standing_of(written(row), basis)
        if standing is Standing.BEHIND and (is_final or not gathered.is_whole):
            standing = Standing.OWN  # Who reads less of the facts cannot tell that they changed.
        parts[key] = Part(
            entry=entry,
            section=entry.section,
            computed=said,
            standing=Standing.COMPUTED if entry.section.is_computed else standing,
            written=row,
            basis=basis,
            problems=tuple(each for each in found if each.section == key),
        )
    return parts
