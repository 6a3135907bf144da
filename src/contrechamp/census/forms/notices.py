"""A correction, a reply or a removal asked for by anybody."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections import deque
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from .fields import LineField

TOKEN_AGE = 24 * 3600
SALT = "census.notice"
PER_HOUR = 20


class Gate:
    """Slows down a machine that writes without end, and remembers nobody.

    An address is kept only as a keyed fingerprint, in the memory of the process, for one hour;
    the key is drawn at start and never written. A form that was sent once cannot be sent again.
    """

    def __init__(self, per_hour: int = PER_HOUR) -> None:
        self.per_hour = per_hour
        self.forget()

    def forget(self) -> None:
        """Start afresh."""
        self._key = secrets.token_bytes(32)
        self._seen: dict[bytes, deque[float]] = {}
        self._used: dict[str, float] = {}

    def lets_in(self, address: str, *, clock: float | None = None) -> bool:
        """Count one more sending from there; answer whether it is still within reason."""
        now = time.monotonic() if clock is None else clock
        self._seen = {who: times for who, times in self._seen.items() if times[-1] > now - 3600}
        who = hmac.digest(self._key, address.encode(), hashlib.sha256)[:12]
        times = self._seen.setdefault(who, deque(maxlen=self.per_hour))
        if len(times) == self.per_hour and times[0] > now - 3600:
            return False
        times.append(now)
        return True

    def use(self, token: str, *, clock: float | None = None) -> bool:
        """Answer whether this form is sent for the first time."""
        now = time.monotonic() if clock is None else clock
        self._used = {one: at for one, at in self._used.items() if at > now - TOKEN_AGE}
        if token in self._used:
            return False
        self._used[token] = now
        return True


gate = Gate()


def new_token() -> str:
    """Return what a form carries to show that it was opened before it was sent."""
    return signing.dumps(secrets.token_urlsafe(9), salt=SALT)


class NoticeForm(forms.Form):
    """What somebody without an account has to say about a record or a fact."""

    kind = forms.ChoiceField(
        label=_("Que demandez-vous ?"),
        choices=(
            ("CORRECTION", _("Corriger ou compléter une information")),
            ("REPLY", _("Répondre : je suis nommé ou je parle pour une organisation nommée ici")),
            ("REMOVAL", _("Retirer une information qui me concerne")),
        ),
        widget=forms.RadioSelect,
        initial="CORRECTION",
    )
    text = forms.CharField(
        label=_("Qu'est-ce qui est faux, manque ou change, et depuis quand ?"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=8000,
        error_messages={"required": _("Écrivez en quelques mots ce qui est à corriger.")},
    )
    source = forms.CharField(
        label=_("D'où le savez-vous ?"),
        help_text=_("Une adresse, le titre d'un acte et sa page, un journal et sa date."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
    )
    capacity = LineField(
        label=_("À quel titre écrivez-vous ?"),
        help_text=_("Par exemple : habitante, agent de la ville, entreprise citée. Facultatif."),
        max_length=200,
        required=False,
    )
    contact = LineField(
        label=_("Comment vous répondre ?"),
        help_text=_(
            "Facultatif. Lu seulement par l'équipe de relecture, jamais publié. "
            "Sans contact, la réponse paraîtra ici si elle change la fiche."
        ),
        max_length=200,
        required=False,
    )
    website = forms.CharField(required=False, max_length=200)
    """Nobody sees this field: what fills it is a machine."""
    token = forms.CharField(widget=forms.HiddenInput)

    def clean_token(self) -> str:
        token: str = self.cleaned_data["token"]
        try:
            signing.loads(token, salt=SALT, max_age=TOKEN_AGE)
        except signing.BadSignature as wrong:
            raise forms.ValidationError(
                _("Ce formulaire était ouvert depuis trop longtemps. Envoyez-le à nouveau.")
            ) from wrong
        return token

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("kind") == "REPLY" and not given.get("capacity"):
            self.add_error("capacity", _("Pour une réponse, dites au nom de qui vous écrivez."))
        return given

    @property
    def is_from_a_machine(self) -> bool:
        """Answer whether the field that nobody sees was filled."""
        return bool(self.data.get("website"))
