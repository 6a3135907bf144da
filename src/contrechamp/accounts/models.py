from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from . import domain


class User(AbstractUser):
    """A person with an account. A reader needs none."""

    class Role(models.TextChoices):
        MEMBER = domain.Role.MEMBER, _("membre")
        EDITOR = domain.Role.EDITOR, _("éditeur")
        ADMINISTRATOR = domain.Role.ADMINISTRATOR, _("administrateur")

    role = models.CharField(max_length=20, choices=Role, default=Role.MEMBER)

    @property
    def is_editor(self) -> bool:
        return domain.is_at_least(self.role, domain.Role.EDITOR)

    @property
    def is_administrator(self) -> bool:
        return domain.is_at_least(self.role, domain.Role.ADMINISTRATOR)
