"""The people that tests speak of, and what each can do in a browser.

A test says what a person does; how a page is reached is written here once.
"""

from __future__ import annotations

from django.test import Client

from contrechamp.accounts.models import User


class Answer:
    """What a person sees after an act."""

    def __init__(self, status: int, text: str, asks_to_sign_in: bool) -> None:
        self.status = status
        self.text = text
        self.asks_to_sign_in = asks_to_sign_in


class Person:
    """Somebody in front of the site; a visitor when there is no account."""

    def __init__(self, user: User | None = None, *, language: str = "fr") -> None:
        self.user = user
        self._browser = Client(headers={"accept-language": language})
        if user:
            self._browser.force_login(user)

    def opens(self, url: str) -> Answer:
        return self._acts("get", url)

    def sends(self, url: str, **fields: str) -> Answer:
        return self._acts("post", url, fields)

    def _acts(self, method: str, url: str, fields: dict[str, str] | None = None) -> Answer:
        response = (
            self._browser.generic(method.upper(), url)
            if fields is None
            else (self._browser.post(url, fields))
        )
        location = response.headers.get("Location", "")
        return Answer(response.status_code, response.text, location.startswith("/connexion/"))
