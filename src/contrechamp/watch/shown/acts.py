"""A public act as a line of a list, and as the words of a feed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, gettext

from contrechamp.foundation.vocabulary import label
from contrechamp.foundation.words import written
from contrechamp.places import queries as places
from contrechamp.watch.domain.deadline import Window, notice_day, window
from contrechamp.watch.domain.public import DECISIONS
from contrechamp.watch.published import Act

SHAPES = {
    "video_protection": 1,
    "aerial_camera": 2,
    "body_camera": 3,
    "embedded_camera": 3,
    "plate_reader": 4,
    "video_ticketing": 4,
    "algorithmic_video": 5,
    "facial_recognition": 5,
    "biometric_access": 5,
    "acoustic_sensor": 6,
    "predictive_software": 6,
    "data_platform": 6,
    "hypervision": 6,
}
OTHER, MEASURE = 7, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAct:
    """A line: the act, its words in the reader's language, its places and its clock."""

    act: Act
    title: str
    technology: str
    shape: int
    decision: str
    places: tuple[tuple[str, str], ...]
    """Names and addresses."""
    window: Window | None
    notice: date | None

    @property
    def url(self) -> str:
        """Return the address of its page."""
        return self.act.url


def is_english() -> bool:
    """Answer whether the page is read in English."""
    return (get_language() or "fr")[:2] == "en"


def shown(acts: Iterable[Act], today: date) -> list[ShownAct]:
    """Make acts ready for a list, with one question for all places."""
    acts = list(acts)
    known = places.territories(key for act in acts for key in act.territories)
    return [
        ShownAct(
            act=act,
            title=(is_english() and act.title_en) or act.title,
            technology=label("watched", act.technology),
            shape=MEASURE if act.sort == "measure" else SHAPES.get(act.technology, OTHER),
            decision=decision_word(act.decision),
            places=tuple(
                (known[key].name, known[key].get_absolute_url())
                for key in act.territories
                if key in known
            ),
            window=window(act.published_on, act.months, today),
            notice=notice_day(act.expires_on) if act.expires_on else None,
        )
        for act in acts
    ]


def decision_word(code: str) -> str:
    """Return the word for a decision in the reader's language."""
    return DECISIONS.get(code, (code, code))[1 if is_english() else 0]


def summary(one: ShownAct) -> str:
    """Say an act in a few sentences, for a feed or a mail: nothing in it hangs on the day."""
    act, said = one.act, []
    if act.act_number or act.order_number:
        said.append(gettext("Acte {number}.").format(number=act.act_number or act.order_number))
    if act.published_on:
        said.append(gettext("Publié le {day}.").format(day=written(act.published_on, "j F Y")))
    if act.cameras is not None:
        said.append(gettext("Caméras : {number}.").format(number=act.cameras))
    if one.window:
        said.append(deadline_words(one.window))
    elif act.months:
        said.append(gettext("Pas de preuve de publication, donc pas de dernier jour."))
    if act.expires_on:
        said.append(gettext("Expire le {day}.").format(day=written(act.expires_on, "j F Y")))
    return " ".join(said)


def deadline_words(time: Window) -> str:
    """Say until when an act can be challenged, both readings."""
    return gettext(
        "Contestable jusqu'au {safe} (sûr) ; dernier jour selon le décompte usuel : {last} "
        "(CJA R421-1, R421-5)."
    ).format(safe=written(time.safe, "j F Y"), last=written(time.last, "j F Y"))
