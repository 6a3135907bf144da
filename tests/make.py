"""Make things for tests: plain functions, every value optional, all through the house's verbs."""

from __future__ import annotations

from contrechamp.accounts.domain import Role
from contrechamp.accounts.models import User
from contrechamp.accounts.services import open_account


def user(name: str = "somebody", role: Role = Role.MEMBER) -> User:
    return open_account(name=name, passphrase="lampadaire girouette tambour noisette", role=role)
