"""What opens an account: codes, passkeys, one-time links; and wrong tries."""

from __future__ import annotations

from django.db import models

from .users import User


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


class Passkey(models.Model):
    """A key that a device holds and proves to have (WebAuthn). We have its public half."""

    user = models.ForeignKey(User, models.CASCADE, related_name="passkeys")
    credential = models.CharField(max_length=1400, unique=True)
    """Its number, in base 64 for addresses."""
    public_key = models.BinaryField()
    """COSE, as CBOR."""
    uses = models.BigIntegerField(default=0)
    """The counter that some devices keep: one that falls back is a copy."""
    host = models.CharField(max_length=255)
    """The name of the site that it was made for; it works on no other."""
    name = models.CharField(max_length=60)
    made_on = models.DateField()
    used_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name
