"""The record of what was done to accounts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .users import User


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
        SIGNED_UP = "SIGNED_UP", _("compte ouvert par son titulaire")
        CONFIRMED = "CONFIRMED", _("membre confirmé")
        MODERATES = "MODERATES", _("modération confiée ou retirée")
        SILENCED = "SILENCED", _("réduit au silence")
        SILENCE_ENDED = "SILENCE_ENDED", _("silence levé")
        EMAIL_SET = "EMAIL_SET", _("adresse e-mail confirmée")
        EMAIL_REMOVED = "EMAIL_REMOVED", _("adresse e-mail retirée")
        RECOVERED = "RECOVERED", _("compte retrouvé, nouvelle phrase de passe")
        PASSKEY_ADDED = "PASSKEY_ADDED", _("clé d'accès ajoutée")
        PASSKEY_REMOVED = "PASSKEY_REMOVED", _("clé d'accès retirée")
        ERASURE_ASKED = "ERASURE_ASKED", _("suppression demandée")
        ERASURE_CANCELLED = "ERASURE_CANCELLED", _("suppression annulée")
        ERASED = "ERASED", _("compte supprimé")

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
