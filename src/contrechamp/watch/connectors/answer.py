"""What a connector gives back, and how it fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import IO, Protocol

from contrechamp.kernel.errors import Unavailable, gettext_noop
from contrechamp.watch.domain.listed import Listed


@dataclass(slots=True, kw_only=True)
class Answer:
    """What a source answered. `content` is None when nothing changed (304)."""

    status: int
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    content: IO[bytes] | None = None
    name: str = ""
    """The file's name, for its ending."""


class Connector(Protocol):
    """The verbs of every kind of source."""

    def list(self) -> Iterator[list[Listed]]:
        """Yield what the source lists, some lines at a time."""

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Answer:
        """Return the content of a line, or raise one of the errors below."""

    def robots(self) -> str:
        """Return the robots.txt that is obeyed, or nothing."""

    def close(self) -> None:
        """Let go of connections."""


class Gone(Unavailable):
    """The site says that there is nothing at the address (404, 410)."""

    def __init__(self, status: int, url: str) -> None:
        super().__init__(gettext_noop("Réponse {status} : {url}"), status=status, url=url)
        self.answer_status = status


class Refusal(Unavailable):
    """The site refuses us, or asks for a browser. `whole`: it concerns all of the site."""

    def __init__(self, sentence: str, *, whole: bool = True, **values: object) -> None:
        super().__init__(sentence, **values)
        self.whole = whole


class Later(Unavailable):
    """The site asks to come again later (429, 503 with Retry-After)."""

    def __init__(self, after: timedelta, url: str) -> None:
        super().__init__(gettext_noop("Le site demande d'attendre : {url}"), url=url)
        self.after = after

    def moment(self, now: datetime) -> datetime:
        return now + self.after


class TooLarge(Unavailable):
    """A file is larger, or takes longer, than we allow."""


class Unreached(Unavailable):
    """No answer, or one that shows that the site is broken (5xx)."""
