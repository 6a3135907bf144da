"""People with an account."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contrechamp.accounts import domain
from contrechamp.kernel.ids import new_id

SEED_BYTES = 8


def new_public_id() -> str:
    """Return what names an account in exports, and outlives its name."""
    return new_id("acc")


def new_seed() -> str:
    """Return what the pattern of an account is drawn from: chance, nothing of the person."""
    return secrets.token_hex(SEED_BYTES)


class UserManager(BaseUserManager["User"]):
    """What Django's sign-in asks of an account's table."""


class User(AbstractBaseUser):
    """A person with an account. A reader needs none.

    Nothing is kept that would say who somebody is: no network address, no name but a pseudonym.
    A mailbox is kept for who asks to, and shown to nobody else.
    """

    class Role(models.TextChoices):
        MEMBER = domain.Role.MEMBER, _("membre")
        EDITOR = domain.Role.EDITOR, _("éditeur")
        ADMINISTRATOR = domain.Role.ADMINISTRATOR, _("administrateur")

    class Standing(models.TextChoices):
        ANSWERING = domain.Standing.ANSWERING, _("sa réponse attend d'être lue")
        QUEUED = domain.Standing.QUEUED, _("ses premiers messages sont relus")
        CONFIRMED = domain.Standing.CONFIRMED, _("membre confirmé")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    username = models.CharField(max_length=40, unique=True)
    folded = models.CharField(max_length=domain.FOLDED, unique=True)
    """What its name has in common with names that are read like it (`domain.fold`)."""
    role = models.CharField(max_length=20, choices=Role, default=Role.MEMBER)
    is_active = models.BooleanField(default=True)
    is_machine = models.BooleanField(default=False)
    """Signs what a machine did; nobody can sign in with it."""
    opened_at = models.DateTimeField(default=timezone.now)
    """The public reads its month alone."""
    moderates = models.BooleanField(default=False)
    """Beside the role: who reads what people say here need not publish facts."""
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.QUEUED)
    email = models.EmailField(null=True)  # noqa: DJ001  none is not the empty mailbox
    """Kept once its owner has followed the link sent there; shown to that person alone."""
    language = models.CharField(max_length=5, default="fr")
    silenced_until = models.DateTimeField(null=True)
    silence_ref = models.CharField(max_length=40, blank=True)
    """What was decided, where: the number of an action of moderation."""
    remember_reading = models.BooleanField(default=False)
    pattern_seed = models.CharField(max_length=16, default=new_seed)
    unread_notices = models.PositiveIntegerField(default=0)
    """Kept with the account, so that no page counts for its header (`services.recount`)."""
    erased_at = models.DateTimeField(null=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "username"

    class Meta:
        constraints = (models.UniqueConstraint(Lower("username"), name="one_name_in_any_case"),)

    def __str__(self) -> str:
        return gettext("compte supprimé") if self.erased_at else self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Fold the name of a new account: no two may be read as one."""
        if not self.folded:
            self.folded = domain.fold(self.username)
        super().save(*args, **kwargs)

    @property
    def is_editor(self) -> bool:
        return domain.is_at_least(self.role, domain.Role.EDITOR)

    @property
    def is_administrator(self) -> bool:
        return domain.is_at_least(self.role, domain.Role.ADMINISTRATOR)

    @property
    def is_moderator(self) -> bool:
        """Answer whether somebody decides what happens to what people say here."""
        return self.moderates or self.is_administrator

    @property
    def is_confirmed(self) -> bool:
        return self.standing == domain.Standing.CONFIRMED


class Block(models.Model):
    """Somebody does not want to hear from somebody else; the other is not told."""

    user = models.ForeignKey(User, models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(User, models.CASCADE, related_name="+")
    since = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "blocked"], name="one_block"),)

    def __str__(self) -> str:
        return f"{self.user} {self.blocked}"
