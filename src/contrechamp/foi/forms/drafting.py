"""What somebody typed while drafting, made valid. What cannot be read is kept as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from contrechamp.directory.domain.kinds import BODY_KINDS
from contrechamp.foi.domain.facts import Proof
from contrechamp.foi.domain.filling import SLOTS
from contrechamp.foi.domain.wording import flowing
from contrechamp.foi.models import Request, Requester
from contrechamp.foi.queries.letters import FIELDS
from contrechamp.kernel.ids import is_id

LONGEST = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What a person looks for in the directory, and what they chose."""

    text: str = ""
    kind: str = ""
    departement: str = ""
    body: str = ""

    @property
    def is_asked(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.text or self.kind or self.departement)


def read_search(data: QueryDict) -> Search:
    """Return what an address looks for; what cannot be read narrows nothing."""
    kind, body = data.get("genre", ""), data.get("administration", "")
    return Search(
        text=flowing(data.get("q", ""))[:LONGEST],
        kind=kind if kind in BODY_KINDS else "",
        departement=data.get("departement", "").strip().upper()[:3],
        body=body if is_id(body, "bod") else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was ticked, what fills it, what was written."""

    codes: tuple[str, ...]
    own: tuple[str, ...]
    slots: dict[str, str]


def read_choice(data: QueryDict) -> Choice:
    """Return the documents that were chosen: one document of one's own words a line."""
    return Choice(
        codes=tuple(data.getlist("document")),
        own=tuple(data.get("own", "").splitlines()),
        slots={name: flowing(data.get(name, ""))[:200] for name in SLOTS},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """The documents of a draft after they were reworded, ordered or dropped."""

    title: str
    items: tuple[tuple[str, str], ...] = field(default_factory=tuple)
    """Code and wording, in their new order."""


def read_items(data: QueryDict, codes: Sequence[str]) -> Rewritten:
    """Return the wordings in the order of their numbers; an emptied or dropped one is gone.

    `codes` are those of the items as they were on the page. A button moves its item by one.
    """
    rows = []
    dropped = set(data.getlist("drop"))
    for at, code in enumerate(codes):
        place = data.get(f"place-{at}", "")
        number = int(place) if place.isdecimal() and len(place) < 4 else at + 1
        moved = {f"up-{at}": -1.5, f"down-{at}": 1.5}.get(data.get("act", ""), 0.0)
        rows.append((number + moved, at, code, data.get(f"wording-{at}", "")))
    rows.sort(key=lambda row: row[:2])
    kept = ((code, text[:2000]) for _, at, code, text in rows if str(at) not in dropped)
    return Rewritten(
        title=flowing(data.get("title", ""))[:200],
        items=tuple((code, text) for code, text in kept if text.strip()),
    )


class RequesterForm(forms.Form):
    """An identity that signs."""

    kind = forms.ChoiceField(
        label=_("Qui signe ?"), choices=Requester.Kind.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(label=_("Nom (de famille pour une personne)"), max_length=200)
    first_name = forms.CharField(label=_("Prénom"), max_length=100, required=False)
    number = forms.CharField(
        label=_("Numéro RNA (association) ou SIREN (société)"),
        max_length=20,
        required=False,
        help_text=_("W suivi de neuf chiffres, sur le récépissé de la préfecture ; ou 9 chiffres."),
    )
    form = forms.CharField(label=_("Forme juridique d'une société"), max_length=60, required=False)
    representative = forms.CharField(
        label=_("Représentée par (prénom et nom)"), max_length=200, required=False
    )
    capacity = forms.CharField(
        label=_("En qualité de"),
        max_length=100,
        required=False,
        help_text=_("Présidente, gérant…"),
    )
    address = forms.CharField(
        label=_("Adresse postale : siège, ou domicile d'une personne"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    email = forms.EmailField(
        label=_("Adresse électronique"),
        required=False,
        help_text=_(
            "Elle identifie qui demande. Les réponses, elles, arrivent à une adresse propre à "
            "chaque demande."
        ),
    )
    label = forms.CharField(
        label=_("Comment l'appeler ici"), max_length=120, required=False, help_text=_("Facultatif.")
    )
    is_shared = forms.BooleanField(
        label=_("Tous les membres de l'observatoire peuvent signer avec"), required=False
    )

    @property
    def identity(self) -> dict[str, str]:
        """Return the fields of the identity."""
        return {name: str(self.cleaned_data.get(name) or "") for name in FIELDS}

    @staticmethod
    def initial_of(row: Requester) -> dict[str, object]:
        """Return what the form holds for an identity that is there."""
        return {
            **row.identity,
            "kind": row.kind,
            "label": row.label,
            "is_shared": row.is_shared,
        }


WAYS = (
    ("POST:REGISTERED_LETTER", _("par lettre recommandée, avec l'avis de réception")),
    ("POST:POST", _("par lettre simple")),
    ("HAND:STAMP", _("remise sur place, contre un tampon ou un récépissé")),
    ("ONLINE_SERVICE:RECEIPT", _("par le téléservice, avec son récépissé")),
    ("ONLINE_SERVICE:SAID", _("par un formulaire en ligne, sans récépissé")),
)
"""Channel and proof, as one choice of a person who did it."""


class SentForm(forms.Form):
    """That a letter left otherwise than by our mail."""

    way = forms.ChoiceField(label=_("Comment ?"), choices=WAYS, widget=forms.RadioSelect)
    day = forms.DateField(
        label=_("Envoyée ou remise le"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    received_on = forms.DateField(
        label=_("Reçue le (avis de réception, tampon, récépissé)"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("C'est ce jour qui fait courir le délai. Vide si vous ne le savez pas encore."),
    )
    scan = forms.FileField(
        label=_("La preuve (scan, photo, PDF)"),
        required=False,
        help_text=_("Gardée privée, avec la demande."),
    )

    def clean(self) -> dict[str, object]:
        """Refuse a receipt before the sending."""
        data = super().clean() or {}
        day, received = data.get("day"), data.get("received_on")
        if day and received and received < day:
            raise ValidationError(_("Elle ne peut pas être reçue avant d'être envoyée."))
        return data

    @property
    def channel(self) -> str:
        """Return the channel that was chosen."""
        return Request.Channel(self.cleaned_data["way"].partition(":")[0])

    @property
    def proof(self) -> Proof:
        """Return how its receipt is proved; a letter without a day of receipt is proved by post."""
        proof = Proof(self.cleaned_data["way"].partition(":")[2])
        if self.channel == Request.Channel.POST and not self.receipt_day:
            return Proof.POST
        return proof

    @property
    def receipt_day(self) -> date | None:
        """Return the day of receipt: of a receipt given at once the day itself."""
        given: date | None = self.cleaned_data.get("received_on")
        is_at_once = self.cleaned_data["way"] in {"HAND:STAMP", "ONLINE_SERVICE:RECEIPT"}
        return given or (self.cleaned_data["day"] if is_at_once else None)


class BatchForm(forms.Form):
    """Which bodies a batch goes to: a pasted list, or a kind in a département."""

    pasted = forms.CharField(
        label=_("Une liste, une administration par ligne"),
        max_length=60_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("Nom, code INSEE de la commune, ou SIREN. Une colonne d'un tableur convient."),
    )
    genre = forms.ChoiceField(
        label=_("Ou toutes celles d'un genre"),
        required=False,
        choices=lambda: [("", "—"), *((code, _(label)) for code, label in BODY_KINDS.items())],
    )
    departement = forms.CharField(label=_("dans le département"), max_length=3, required=False)


class CampaignForm(forms.Form):
    """A campaign."""

    title = forms.CharField(label=_("Titre"), max_length=160)
    about = forms.CharField(
        label=_("Ce que l'on veut savoir, et pourquoi"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Sur la page publique seulement : une lettre ne donne jamais de motif."),
    )
    subject = forms.CharField(label=_("Objet des demandes"), max_length=200)
    own = forms.CharField(
        label=_("Documents en vos propres mots, un par ligne"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    since = forms.DateField(
        label=_("Documents depuis le"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    pasted = forms.CharField(
        label=_("À qui : une administration par ligne"),
        max_length=60_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("Nom, code INSEE de la commune, ou SIREN."),
    )
    is_public = forms.BooleanField(label=_("Montrer la campagne à tout le monde"), required=False)
