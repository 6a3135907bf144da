"""Actions, the facts known of them, who leads them, before whom.

State and days are columns only as a cache of the facts: `services.deriving` makes them anew.
Visitors read `queries.access.public` alone. Facts, instances and costs are appended: a correction
is a new row that names the old.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contrechamp.cases.domain.facts import Kind as FactKind
from contrechamp.cases.domain.facts import Outcome, Proof
from contrechamp.cases.domain.kinds import ActionKind, TargetKind
from contrechamp.cases.domain.states import State
from contrechamp.kernel.ids import new_id

from .drafts import Draft as Draft
from .drafts import DraftText as DraftText
from .drafts import DraftVersion as DraftVersion
from .exhibits import Argument as Argument
from .exhibits import Bundle as Bundle
from .exhibits import SourceDecision as SourceDecision
from .exhibits import Support as Support
from .following import Mandate as Mandate
from .following import Reminder as Reminder
from .following import Reminding as Reminding
from .following import Sequel as Sequel
from .windows import Window as Window
from .windows import WindowPlace as WindowPlace


def new_action_id() -> str:
    return new_id("cse")


def new_fact_id() -> str:
    return new_id("fct")


def new_exhibit_id() -> str:
    return new_id("exh")


KINDS = [
    (ActionKind.ANNULMENT, _("requête en annulation (excès de pouvoir)")),
    (ActionKind.SUSPENSION, _("référé-suspension, avec sa requête")),
    (ActionKind.LIBERTY, _("référé-liberté")),
    (ActionKind.MEASURES, _("référé « mesures utiles »")),
    (ActionKind.CONTRACT, _("contestation d'un contrat")),
    (ActionKind.GRACIEUX, _("recours gracieux")),
    (ActionKind.HIERARCHICAL, _("recours hiérarchique")),
    (ActionKind.PREFECT, _("lettre au préfet")),
    (ActionKind.COMPLAINT, _("plainte à la CNIL")),
    (ActionKind.COLLECTIVE, _("plainte collective à la CNIL, avec mandats")),
    (ActionKind.REPORT, _("signalement à la commission de vidéoprotection")),
]
STATES = [
    (State.DRAFT, _("en préparation")),
    (State.WATCHING, _("publication à établir")),
    (State.OPEN_UNLIMITED, _("jamais publié : sans délai")),
    (State.WINDOW_OPEN, _("délai ouvert")),
    (State.RECONSIDERATION, _("recours gracieux en cours")),
    (State.CLOSED_LATE, _("délai passé")),
    (State.CLAIM_FILED, _("requête déposée")),
    (State.URGENT_SUSPENSION, _("suspension demandée")),
    (State.URGENT_LIBERTY, _("référé-liberté en cours")),
    (State.URGENT_MEASURES, _("mesures demandées")),
    (State.PENDING, _("à l'instruction")),
    (State.JUDGED, _("jugée")),
    (State.APPEAL, _("recours contre le jugement")),
    (State.ENFORCE, _("à faire exécuter")),
    (State.CLOSED, _("terminée")),
    (State.FILED, _("plainte déposée")),
    (State.ACKNOWLEDGED, _("plainte enregistrée")),
    (State.IN_PROGRESS, _("plainte instruite")),
    (State.SILENCE_UNVERIFIED, _("silence à vérifier")),
    (State.SILENT_REJECTED, _("rejetée par silence")),
    (State.REVIVED, _("plainte reprise")),
    (State.COMPLAINT_CLOSED, _("plainte close")),
    (State.OUTCOME, _("décision de la CNIL")),
    (State.SENT, _("commission saisie")),
    (State.PROPOSED, _("suspension ou retrait proposé")),
    (State.ANSWERED, _("réponse reçue")),
]
OUTCOMES = [
    (Outcome.WON, _("gagnée")),
    (Outcome.PARTLY, _("gagnée en partie")),
    (Outcome.LOST, _("perdue")),
    (Outcome.INADMISSIBLE, _("irrecevable")),
    (Outcome.NO_OBJECT, _("sans objet")),
    (Outcome.SETTLED, _("accord")),
]


class Action(models.Model):
    """One action against one act, refusal, contract or processing. Private until published."""

    id = models.CharField(primary_key=True, max_length=20, default=new_action_id)
    kind = models.CharField(max_length=14, choices=KINDS)
    title = models.CharField(max_length=200)
    about = models.TextField(max_length=4000, blank=True)
    """What it is about, for everybody once it is public."""
    strategy = models.TextField(max_length=8000, blank=True)
    """Never public, nor in any export of others."""
    projects = models.JSONField(default=list, blank=True)
    """Identifiers of records of the census: `prj-…`."""
    technology = models.CharField(max_length=40, blank=True)
    """A code of the vocabulary `watched`, or an identifier of the census."""
    territories = models.JSONField(default=list, blank=True)
    target_kind = models.CharField(
        max_length=10,
        choices=[(each, each) for each in TargetKind],
        default=TargetKind.OTHER,
    )
    target = models.CharField(max_length=40, blank=True)
    """Slug of an act, `req-…`, `clm-…`, `ctr-…`."""
    target_title = models.CharField(max_length=500, blank=True)
    court = models.CharField(max_length=120, blank=True)
    money_needed = models.PositiveIntegerField(null=True, blank=True)
    """Euros that are sought, shown to all; empty: nothing is said."""
    known_as = models.CharField(max_length=60, blank=True)
    """Its key among the actions entered from public sources; empty: a team here leads it."""
    sources = models.JSONField(default=list, blank=True)
    """Where what is known of it was read: `{"title", "url"}` each, public texts alone."""
    doubts = models.TextField(max_length=2000, blank=True)
    """What these sources leave uncertain."""
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_public = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)
    shows_mandates = models.BooleanField(default=False)
    """Its team wants everybody to read how many people have mandated it: never who."""
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    # The cache: each of these follows from the facts and a day.
    state = models.CharField(max_length=20, choices=STATES, default=State.DRAFT)
    step = models.CharField(max_length=30, blank=True)
    act_by = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    is_red = models.BooleanField(default=False)
    """Rights are lost if what is due is not done."""
    outcome = models.CharField(max_length=14, choices=OUTCOMES, blank=True)
    changes_on = models.DateField(null=True, blank=True)
    derived_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["-changed_at", "id"], name="cases_public", condition=Q(is_public=True)
            ),
            models.Index(fields=["target_kind", "target"], name="cases_by_target"),
            models.Index(fields=["changes_on"], name="cases_by_change"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["known_as"], name="cases_known_once", condition=~Q(known_as="")
            ),
        )

    def __str__(self) -> str:
        return self.title


class Member(models.Model):
    """Somebody of the team of an action, and what they may do."""

    class Role(models.TextChoices):
        LEAD = "LEAD", _("conduit l'action")
        MEMBER = "MEMBER", _("participe")
        COUNSEL = "COUNSEL", _("conseil : lit tout, écrit les papiers")
        READER = "READER", _("lit")

    action = models.ForeignKey(Action, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=Role, default=Role.MEMBER)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["action", "user"], name="cases_member_once"),
        )

    def __str__(self) -> str:
        return f"{self.action_id} {self.user_id}"


class FactRow(models.Model):
    """A fact of `domain.facts`. Appended, never changed; who recorded it, when and why."""

    id = models.CharField(primary_key=True, max_length=20, default=new_fact_id)
    action = models.ForeignKey(Action, models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=30, choices=[(kind, kind) for kind in FactKind])
    first = models.DateField()
    last = models.DateField()
    proof = models.CharField(
        max_length=20, choices=[(proof, proof) for proof in Proof], default=Proof.SAID
    )
    values = models.JSONField(default=dict, blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    document = models.CharField(max_length=20, blank=True)
    """The document of the library that shows it: `doc-…`."""
    note = models.TextField(blank=True, max_length=2000)
    """For the team alone."""
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["action", "first"], name="cases_facts_in_order"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.first}"


class Instance(models.Model):
    """One court before which an action stands or stood. A newer row replaces an older one."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="instances")
    court = models.CharField(max_length=120)
    number = models.CharField(max_length=40, blank=True)
    filed_on = models.DateField(null=True, blank=True)
    hearing_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    ecli = models.CharField(max_length=60, blank=True)
    result = models.CharField(max_length=14, choices=OUTCOMES, blank=True)
    source = models.URLField(max_length=500, blank=True)
    """Where the judgment is published."""
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    is_removal = models.BooleanField(default=False)
    """It only says that the row which it replaces was entered by mistake."""
    reason = models.CharField(max_length=300, blank=True)
    """Why it replaces another, for the team alone."""
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.court} {self.number}"


class Party(models.Model):
    """An organisation that is party to an action, with its official number. Never a person."""

    class Side(models.TextChoices):
        CLAIMANT = "CLAIMANT", _("en demande")
        DEFENDANT = "DEFENDANT", _("en défense")
        INTERVENER = "INTERVENER", _("en intervention")

    action = models.ForeignKey(Action, models.CASCADE, related_name="parties")
    side = models.CharField(max_length=10, choices=Side)
    name = models.CharField(max_length=200)
    number = models.CharField(max_length=14, blank=True)
    """SIREN or SIRET, or RNA of an association; empty where public sources do not give it."""
    record = models.CharField(max_length=20, blank=True)
    """Its record in the census: `act-…`."""
    removed_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Cost(models.Model):
    """Money of an action: asked of the other side, granted, or spent (the team alone sees it)."""

    class Kind(models.TextChoices):
        ASKED = "ASKED", _("demandé à l'autre partie")
        GRANTED = "GRANTED", _("accordé par le juge")
        ORDERED = "ORDERED", _("mis à notre charge")
        SPENT = "SPENT", _("dépensé")

    action = models.ForeignKey(Action, models.CASCADE, related_name="costs")
    kind = models.CharField(max_length=8, choices=Kind)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    day = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    is_removal = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"


class Invitation(models.Model):
    """A refusal that was confirmed: whose request it is may open an action, or put this away."""

    request = models.CharField(max_length=20, unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.request


class Exhibit(models.Model):
    """A version of a document that an action shows the court. Its team's alone."""

    class Group(models.TextChoices):
        DECISION = "DECISION", _("Décision attaquée et démarches")
        FACTS = "FACTS", _("Faits")
        LAW = "LAW", _("Droit et avis")

    class Role(models.TextChoices):
        OTHER = "OTHER", _("une pièce parmi d'autres")
        ATTACKED = "ATTACKED", _("la décision attaquée")
        REQUEST = "REQUEST", _("la demande restée sans réponse, et la preuve de son jour")

    id = models.CharField(primary_key=True, max_length=20, default=new_exhibit_id)
    action = models.ForeignKey(Action, models.CASCADE, related_name="exhibits")
    sha256 = models.CharField(max_length=64)
    version = models.PositiveIntegerField(default=1)
    label = models.CharField(max_length=200)
    group = models.CharField(max_length=8, choices=Group, default=Group.FACTS)
    role = models.CharField(max_length=8, choices=Role, default=Role.OTHER)
    position = models.PositiveIntegerField(default=0)
    number = models.PositiveIntegerField(default=0)
    """Given at filing, never changed; 0: not filed."""
    dated = models.CharField(max_length=60, blank=True)
    author = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=90, blank=True)
    """What it was chosen from: a reference of `domain.picking`. Never said in a bundle."""
    shows = models.JSONField(default=list, blank=True)
    """The claims that it proves, and where: `{"claim": "clm-…", "page": 3}`."""
    is_held = models.BooleanField(default=False)
    """Its content is kept by this room for the team alone, not by the library."""
    kind = models.CharField(max_length=10, blank=True)
    """Of a held content: `pdf` or `image`; its pages and what hides in it follow."""
    pages = models.PositiveIntegerField(default=0)
    verdict = models.CharField(max_length=20, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.label
