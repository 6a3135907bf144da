from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import domain


class UserManager(BaseUserManager["User"]):
    """What Django's sign-in asks of an account's table."""


class User(AbstractBaseUser):
    """A person with an account. A reader needs none.

    Nothing is kept that would say who somebody is: no address, no name but a pseudonym.
    """

    class Role(models.TextChoices):
        MEMBER = domain.Role.MEMBER, _("membre")
        EDITOR = domain.Role.EDITOR, _("éditeur")
        ADMINISTRATOR = domain.Role.ADMINISTRATOR, _("administrateur")

    username = models.CharField(max_length=40, unique=True)
    role = models.CharField(max_length=20, choices=Role, default=Role.MEMBER)
    is_active = models.BooleanField(default=True)
    is_machine = models.BooleanField(default=False)
    """Signs what a machine did; nobody can sign in with it."""
    opened_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "username"

    class Meta:
        constraints = (models.UniqueConstraint(Lower("username"), name="one_name_in_any_case"),)

    def __str__(self) -> str:
        return self.username

    @property
    def is_editor(self) -> bool:
        return domain.is_at_least(self.role, domain.Role.EDITOR)

    @property
    def is_administrator(self) -> bool:
        return domain.is_at_least(self.role, domain.Role.ADMINISTRATOR)


class Totp(models.Model):
    """The secret that an account shares with an authenticator application."""

    user = models.OneToOneField(User, models.CASCADE, related_name="totp")
    secret = models.CharField(max_length=64)
    last_step = models.BigIntegerField(default=0)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.user.username


class RecoveryCode(models.Model):
    """A code that opens an account once, when the telephone is lost. Only its digest is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "digest"], name="one_code_once"),)

    def __str__(self) -> str:
        return f"{self.user} {self.pk}"


class Invitation(models.Model):
    """A link that lets its bearer choose an account's passphrase, once and for some days."""

    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.user} {self.pk}"


class Try(models.Model):
    """Wrong tries at one lock. The key is a digest, since people type secrets in wrong fields."""

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField()
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key[:8]


class Act(models.Model):
    """What was done to an account, by whom and when. Never changed, never deleted."""

    class Kind(models.TextChoices):
        OPENED = "OPENED", _("compte ouvert")
        LINK_MADE = "LINK_MADE", _("lien d'invitation créé")
        LINK_USED = "LINK_USED", _("phrase de passe choisie par le lien d'invitation")
        ROLE_CHANGED = "ROLE_CHANGED", _("rôle changé")
        CLOSED = "CLOSED", _("compte fermé")
        REOPENED = "REOPENED", _("compte rouvert")
        PASSPHRASE_CHANGED = "PASSPHRASE_CHANGED", _("phrase de passe changée")
        TOTP_ON = "TOTP_ON", _("second code activé")
        TOTP_OFF = "TOTP_OFF", _("second code désactivé")
        TOTP_RESET = "TOTP_RESET", _("second code retiré par l'administration")
        CODES_MADE = "CODES_MADE", _("nouveaux codes de secours")
        CODE_USED = "CODE_USED", _("code de secours utilisé")
        SESSIONS_ENDED = "SESSIONS_ENDED", _("sessions fermées")

    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=Kind)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    """Empty when it was done from the command line of the machine."""
    user = models.ForeignKey(User, models.PROTECT, related_name="acts")
    detail = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.user} {self.kind}"

    @property
    def words(self) -> str:
        """What the act was about, as one reads it: roles by their names."""
        names = dict(User.Role.choices)
        return " → ".join(str(names.get(part, part)) for part in self.detail.split(" → "))
