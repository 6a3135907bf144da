"""A program in front of the API: what it asks, and what it is told."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from contrechamp.accounts.models import User
from contrechamp.api import services
from contrechamp.api.domain import Scope
from tests.observatory import NOW

BASE = "/api/v1"


class Told:
    """An answer."""

    def __init__(self, response: Any) -> None:
        self.status: int = response.status_code
        self.headers = dict(response.headers)
        self.content: bytes = response.content
        self.type = self.headers.get("Content-Type", "").partition(";")[0]

    @property
    def data(self) -> Any:
        return json.loads(self.content)

    @property
    def items(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.data["items"]
        return found


class Program:
    """Something that asks; with a secret, in somebody's name."""

    def __init__(self, secret: str = "", *, language: str = "fr") -> None:
        self.browser = Client(headers={"accept-language": language})
        self.headers = {"authorization": f"Bearer {secret}"} if secret else {}

    def asks(self, path: str, query: dict[str, Any] | None = None, **headers: str) -> Told:
        url = path if path.startswith("/api") else BASE + path
        return Told(self.browser.get(url, query, headers=self.headers | headers))

    def sends(self, path: str, said: object, **headers: str) -> Told:
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        return Told(
            self.browser.post(
                BASE + path,
                json.dumps(said),
                content_type="application/json",
                headers=self.headers | named,
            )
        )

    def reads_all(self, path: str, query: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """Follow `next` to the end."""
        told = self.asks(path, query)
        found = list(told.items)
        while told.data["next"]:
            told = self.asks(told.data["next"])
            found += told.items
        return found


def secret_of(user: User, *scopes: Scope, days: int = 90, now: Any = None) -> str:
    """Make a token as a member does on their page."""
    from django.utils import timezone

    chosen = scopes or tuple(Scope)
    made = services.make_token(
        user, name="essai", scopes=chosen, days=days, now=now or timezone.now()
    )
    return made[1]


__all__ = ["NOW", "Program", "Told", "secret_of"]
