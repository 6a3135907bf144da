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

from contrechamp.kernel.ids import new_id

from .domain.facts import Kind as FactKind
from .domain.facts import Outcome, Proof
from .domain.kinds import ActionKind, TargetKind
from .domain.states import State


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
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_public = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)
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
    number = models.CharField(max_length=14)
    """SIREN or SIRET, or RNA of an association."""
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
    removed_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.label


class Window(models.Model):
    """One line of the public list of windows: a projection of what rooms publish, nothing else.

    `services.windows` writes it. Its status is not here: it follows from its days and the day on
    which it is read.
    """

    id = models.CharField(primary_key=True, max_length=32)
    sort = models.CharField(max_length=8)
    title = models.CharField(max_length=500)
    title_en = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=200)
    number = models.CharField(max_length=80, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    act_by_safe = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=20, blank=True)
    court = models.CharField(max_length=120, blank=True)
    authority = models.CharField(max_length=200, blank=True)
    technology = models.CharField(max_length=40, blank=True)
    departement = models.CharField(max_length=3, blank=True)
    record = models.CharField(max_length=20, blank=True, db_index=True)
    rank = models.PositiveSmallIntegerField(default=0)
    shown_at = models.DateTimeField(db_index=True)
    changed_at = models.DateTimeField()
    sequence = models.PositiveIntegerField(default=0)
    """How often its words or days changed: a calendar takes what is newer."""
    gone_at = models.DateTimeField(null=True, blank=True)
    """Overtaken by a fact: calendars cancel it, lists do not have it."""

    class Meta:
        indexes = (
            # What a list leaves out is told by the index alone: no row is read for it.
            models.Index(
                fields=["rank", "act_by_safe", "id", "last_day", "sort", "dated_on", "gone_at"],
                name="cases_windows_in_order",
            ),
            models.Index(
                fields=[
                    *("departement", "gone_at", "technology", "sort", "act_by_safe", "last_day"),
                    *("why", "dated_on"),
                ],
                name="cases_windows_counted",
            ),
            models.Index(
                fields=["departement", "rank", "act_by_safe", "id"], name="cases_windows_by_dep"
            ),
            models.Index(fields=["sort", "id"], name="cases_windows_by_sort"),
        )

    def __str__(self) -> str:
        return self.title


class WindowPlace(models.Model):
    """A territory of a window, or one that holds it."""

    window = models.ForeignKey(Window, models.CASCADE, related_name="places")
    territory = models.CharField(max_length=30, db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["window", "territory"], name="cases_place_once"),
        )

    def __str__(self) -> str:
        return self.territory
