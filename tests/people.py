"""The people that tests speak of, and what each can do in a browser.

A test says what a person does; how a page is reached is written here once.
"""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from django.test import Client

from contrechamp.accounts.models import User


class Text(str):
    """What one reads: whichever space holds two words together, it is a space."""

    __slots__ = ()

    def __contains__(self, words: str) -> bool:  # type: ignore[override]
        return super().__contains__(words) or _plain(words) in _plain(self)


def _plain(text: str) -> str:
    return str(text).replace("\u00a0", " ").replace("\u202f", " ")


class Answer:
    """What a person sees after an act."""

    def __init__(self, response: HttpResponseBase) -> None:
        self.status = response.status_code
        self.headers = dict(response.headers)
        self.content: bytes = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
        self.cookies = dict(response.cookies)
        self.location = response.headers.get("Location", "")
        self.asks_to_sign_in = self.location.startswith("/connexion/")

    @property
    def text(self) -> Text:
        return Text(self.content.decode())


class Person:
    """Somebody in front of the site; a visitor when there is no account."""

    def __init__(self, user: User | None = None, *, language: str = "fr") -> None:
        self.user = user
        self.browser = Client(headers={"accept-language": language})
        if user:
            self.browser.force_login(user)

    def opens(self, url: str) -> Answer:
        return Answer(self.browser.get(url))

    def sends(self, url: str, **fields: Any) -> Answer:
        """Send a form: values, files, or lists of either."""
        return Answer(self.browser.post(url, fields))

    def follows(self, answer: Answer) -> Answer:
        """Go where an answer leads."""
        return self.opens(answer.location)
