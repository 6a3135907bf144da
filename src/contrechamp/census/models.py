"""The facts and their sources: entities, claims, evidence, history, and what is published.

Visitors never read these working tables: they read `Published` and `PublishedFact` alone,
through `census.published` (see `docs/decisions/`).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contrechamp.kernel.ids import new_id


def new_change_id() -> str:
    return new_id("chg")


def new_run_id() -> str:
    return new_id("imp")


def new_evidence_id() -> str:
    return new_id("evd")


def new_notice_id() -> str:
    return new_id("ntc")


class State(models.TextChoices):
    DRAFT = "DRAFT", _("brouillon")
    IN_REVIEW = "IN_REVIEW", _("en relecture")
    PUBLISHED = "PUBLISHED", _("publié")
    WITHDRAWN = "WITHDRAWN", _("retiré")


class Entity(models.Model):
    """A project, technology, actor, place or contract."""

    class Kind(models.TextChoices):
        PROJECT = "project", _("projet")
        TECHNOLOGY = "technology", _("technologie")
        ACTOR = "actor", _("acteur")
        PLACE = "place", _("lieu")
        CONTRACT = "contract", _("contrat")

    id = models.CharField(primary_key=True, max_length=20)
    """`prj-`, `tec-`, `act-`, `plc-` or `ctr-` and ten characters; see `kernel.ids`."""
    kind = models.CharField(max_length=20, choices=Kind)
    type = models.CharField(max_length=40)
    """Code of `vocabulary/entity_types.yaml`, within the kind."""
    name = models.CharField(max_length=300)
    """The main name, kept equal to the `Name` of role MAIN."""
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    person_hold = models.BooleanField(default=False)
    """May be a private person: no page, no hit, no edge, no count, until a human has decided."""
    territory = models.CharField(max_length=30, blank=True, db_index=True)
    """For a place: key of `places.Territory` (`commune:06088`)."""
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    keys = models.JSONField(default=dict, blank=True)
    """{scheme: [external key…]} of imports: `carto`, `ftm:<dataset>`, `uwazi:<dataset>`."""
    published_as = models.JSONField(null=True, blank=True)
    """The record as a reviewer last accepted it; null when none has. Visitors get this, and not
    what somebody has written since."""
    authors = models.JSONField(default=list, blank=True)
    """Ids of the accounts that wrote what no reviewer has accepted yet: they cannot review it."""
    review_note = models.TextField(blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Name(models.Model):
    """One name of an entity."""

    class Role(models.TextChoices):
        MAIN = "MAIN", _("nom principal")
        ALIAS = "ALIAS", _("autre nom")
        FORMER = "FORMER", _("ancien nom")
        RAW = "RAW", _("tel que dans la source")

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="names")
    text = models.CharField(max_length=300)
    lang = models.CharField(max_length=8, blank=True)
    role = models.CharField(max_length=10, choices=Role, default=Role.ALIAS)
    folded = models.CharField(max_length=300, db_index=True)
    """By `kernel.names.fold`."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["entity", "text", "lang", "role"], name="census_name_once"
            ),
        )

    def __str__(self) -> str:
        return self.text


class Identifier(models.Model):
    """An official number: siren, siret, insee, rna, lei, wikidata, hatvp, `register:<country>`…"""

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=30)
    value = models.CharField(max_length=80)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["scheme", "value"], name="census_identifier_once"),
        )

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class Claim(models.Model):
    """One thing said about an entity: a value (`clm-…`) or a relation to another (`rel-…`)."""

    class Status(models.TextChoices):
        ALLEGED = "ALLEGED", _("allégué")
        DOCUMENTED = "DOCUMENTED", _("documenté")
        VERIFIED = "VERIFIED", _("vérifié par deux personnes")
        CONTRADICTED = "CONTRADICTED", _("contredit")

    id = models.CharField(primary_key=True, max_length=20)
    subject = models.ForeignKey(Entity, models.PROTECT, related_name="claims")
    property = models.CharField(max_length=40)
    """Code of `vocabulary/properties.yaml` (value) or `vocabulary/relations.yaml` (relation)."""
    value = models.JSONField(null=True, blank=True)
    target = models.ForeignKey(
        Entity, models.PROTECT, null=True, blank=True, related_name="claims_as_target"
    )
    attributes = models.JSONField(default=dict, blank=True)
    from_text = models.CharField(max_length=60, blank=True)
    from_earliest = models.DateField(null=True, blank=True)
    from_latest = models.DateField(null=True, blank=True)
    to_text = models.CharField(max_length=60, blank=True)
    to_earliest = models.DateField(null=True, blank=True)
    to_latest = models.DateField(null=True, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    tax = models.CharField(max_length=10, blank=True)
    """excl, incl, unknown."""
    amount_kind = models.CharField(max_length=30, blank=True)
    """estimated, maximum, awarded, paid, subsidy_decided, subsidy_paid."""
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    published_as_alleged = models.BooleanField(default=False)
    """A reviewer ticked "publish as alleged": only then may an alleged claim be public."""
    status = models.CharField(max_length=20, choices=Status, default=Status.ALLEGED)
    """Cached result of `domain.status`, recomputed on each change of its evidence."""
    is_private = models.BooleanField(default=False)
    private_reason = models.CharField(max_length=200, blank=True)
    keys = models.JSONField(default=dict, blank=True)
    published_as = models.JSONField(null=True, blank=True)
    """The claim as a reviewer last accepted it; null when none has. See `Entity.published_as`."""
    authors = models.JSONField(default=list, blank=True)
    """Ids of the accounts that wrote what no reviewer has accepted yet, evidence included."""
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    publish_at = models.DateTimeField(null=True, blank=True)
    """Scheduled publication: accepted, and shown from then on."""
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    review_note = models.TextField(blank=True)
    run = models.ForeignKey(
        "ImportRun", models.SET_NULL, null=True, blank=True, related_name="claims"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(target__isnull=False, value__isnull=True)
                | Q(target__isnull=True, value__isnull=False),
                name="census_value_or_target",
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | ~Q(target=F("subject")),
                name="census_no_relation_to_itself",
            ),
        )
        indexes = (models.Index(fields=["state", "property"]),)

    def __str__(self) -> str:
        return f"{self.subject_id} {self.property}"


class Evidence(models.Model):
    """What a claim rests on, or what stands against it."""

    class Stance(models.TextChoices):
        SUPPORTS = "SUPPORTS", _("appuie")
        CONTRADICTS = "CONTRADICTS", _("contredit")
        MENTIONS = "MENTIONS", _("mentionne")

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("document")
        REGISTER = "register", _("registre")
        URL = "url", _("adresse")
        REFERENCE = "reference", _("référence")
        FILE = "file", _("fichier manquant")

    id = models.CharField(primary_key=True, max_length=20, default=new_evidence_id)
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="evidence")
    stance = models.CharField(max_length=20, choices=Stance, default=Stance.SUPPORTS)
    kind = models.CharField(max_length=20, choices=Kind)
    document = models.CharField(max_length=64, blank=True)
    """SHA-256 of the content."""
    page = models.PositiveIntegerField(null=True, blank=True)
    quote = models.CharField(max_length=20, blank=True)
    """Id of `documents.Quote` (`q-…`)."""
    quote_text = models.TextField(blank=True)
    register = models.CharField(max_length=40, blank=True)
    """Code of `vocabulary/registers.yaml`."""
    record_id = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    retrieved_on = models.DateField(null=True, blank=True)
    archived = models.CharField(max_length=64, blank=True)
    publication = models.CharField(max_length=300, blank=True)
    locator = models.CharField(max_length=300, blank=True)
    dated_text = models.CharField(max_length=60, blank=True)
    file_name = models.CharField(max_length=500, blank=True)
    is_public = models.BooleanField(default=False)
    """Accepted by a reviewer together with its claim."""
    by_machine = models.BooleanField(default=False)
    """Attached by an import: nobody has read it, so that its adder does not count as a reader."""
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.claim_id}"


class EvidenceCheck(models.Model):
    """A reader who has read the passage, and what they found."""

    class Verdict(models.TextChoices):
        CONFIRMS = "CONFIRMS", _("confirme")
        REJECTS = "REJECTS", _("rejette")

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="checks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Verdict)
    note = models.TextField(blank=True)
    by_editor = models.BooleanField(default=False)
    """Only an editor's rejection takes a passage from the public; a member's asks for a review."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["evidence", "by"], name="census_one_check_each"),
        )

    def __str__(self) -> str:
        return f"{self.verdict} {self.evidence_id}"


class Change(models.Model):
    """One act on the census, with author and reason. Append-only."""

    id = models.CharField(primary_key=True, max_length=20, default=new_change_id)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    verb = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    run = models.ForeignKey("ImportRun", models.PROTECT, null=True, blank=True, related_name="+")
    reverts = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%Y-%m-%d}"


class ChangeLine(models.Model):
    """One field of one row, before and after. `entity` says on whose history page it stands."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="lines")
    entity = models.CharField(max_length=20, db_index=True)
    table = models.CharField(max_length=40)
    row = models.CharField(max_length=40, db_index=True)
    field = models.CharField(max_length=40)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"{self.table}.{self.field} {self.row}"


class Merge(models.Model):
    """Two records that were one. `moved` says what to put back when it is undone."""

    survivor = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    absorbed = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    change = models.ForeignKey(Change, models.PROTECT, related_name="+")
    moved = models.JSONField(default=dict)
    undone_by = models.ForeignKey(Change, models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.absorbed_id} → {self.survivor_id}"


class NotSame(models.Model):
    """Two records that somebody has judged to be different: never proposed again. a < b."""

    a = models.ForeignKey(Entity, models.CASCADE, related_name="+")
    b = models.ForeignKey(Entity, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["a", "b"], name="census_not_same_once"),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="census_not_same_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.a_id} ≠ {self.b_id}"


class Notice(models.Model):
    """A reply, correction or removal asked for by anybody, account or none."""

    class Kind(models.TextChoices):
        REPLY = "REPLY", _("droit de réponse")
        CORRECTION = "CORRECTION", _("correction")
        REMOVAL = "REMOVAL", _("retrait")

    class Decision(models.TextChoices):
        WAITING = "WAITING", _("à traiter")
        ACCEPTED = "ACCEPTED", _("acceptée")
        REFUSED = "REFUSED", _("refusée")

    id = models.CharField(primary_key=True, max_length=20, default=new_notice_id)
    entity = models.ForeignKey(Entity, models.CASCADE, related_name="notices")
    claim = models.ForeignKey(Claim, models.SET_NULL, null=True, blank=True, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.CORRECTION)
    capacity = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    source = models.TextField(blank=True)
    contact = models.CharField(max_length=200, blank=True)
    """Only if the person gave one; never shown to a visitor."""
    received_on = models.DateField()
    decision = models.CharField(max_length=20, choices=Decision, default=Decision.WAITING)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_public = models.BooleanField(default=False)
    """Whether it is printed at the top of the record."""

    def __str__(self) -> str:
        return f"{self.kind} {self.entity_id}"


class ImportRun(models.Model):
    """One import, with its report."""

    id = models.CharField(primary_key=True, max_length=20, default=new_run_id)
    kind = models.CharField(max_length=20)
    dataset = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    report = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.kind} {self.dataset}"


class ImportIssue(models.Model):
    """One thing that an import did not understand or did not dare to decide."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="issues")
    code = models.CharField(max_length=40)
    line = models.PositiveIntegerField(null=True)
    value = models.TextField(blank=True)
    message = models.TextField(blank=True)
    is_settled = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.code} l. {self.line}"


class Published(models.Model):
    """An entity as visitors see it. Written by `services.publish` alone."""

    entity = models.CharField(primary_key=True, max_length=20)
    kind = models.CharField(max_length=20)
    type = models.CharField(max_length=40)
    name = models.CharField(max_length=300)
    folded = models.CharField(max_length=300, db_index=True)
    territory = models.CharField(max_length=30, blank=True, db_index=True)
    version = models.PositiveIntegerField(default=1)
    """Counts publications of this record, from 1."""
    at = models.DateTimeField()
    first_at = models.DateTimeField()
    record = models.JSONField(default=dict)
    """names, identifiers, notices, counts by status; see `census.published`."""

    class Meta:
        indexes = (
            # A list by name, what is new of a kind: read in order, never sorted.
            models.Index(fields=["kind", "folded", "entity"], name="census_public_by_name"),
            models.Index(fields=["kind", "at", "entity"], name="census_public_by_news"),
            models.Index(fields=["at", "entity"], name="census_public_news"),
        )

    def __str__(self) -> str:
        return self.name


class PublishedFact(models.Model):
    """A claim as visitors see it, with its evidence. Written by `services.publish` alone."""

    claim = models.CharField(primary_key=True, max_length=20)
    subject = models.ForeignKey(Published, models.CASCADE, related_name="facts", db_index=False)
    property = models.CharField(max_length=40, db_index=True)
    target = models.ForeignKey(
        Published,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="facts_as_target",
        db_index=False,
    )
    value = models.JSONField(null=True, blank=True)
    status = models.CharField(max_length=20)
    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)
    begun = models.DateField(null=True, blank=True)
    """Last day on which it may have begun."""
    day = models.DateField(null=True, blank=True)
    """Its place in the order of time: the first of `earliest` and `latest` that is known."""
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    amount_kind = models.CharField(max_length=30, blank=True)
    tax = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField()
    first_at = models.DateTimeField()
    data = models.JSONField(default=dict)
    """attributes, dates as written, currency, evidence [...]: all that a page prints."""

    class Meta:
        indexes = (
            # A record may have ten thousand facts, of which a page shows the newest of each sort.
            # The other end is in it, so that different ones are counted without reading the facts.
            models.Index(
                fields=["subject", "property", "earliest", "claim", "target"],
                name="census_fact_from",
            ),
            models.Index(
                fields=["target", "property", "earliest", "claim", "subject"],
                name="census_fact_to",
            ),
            models.Index(fields=["subject", "at", "claim"], name="census_fact_from_news"),
            models.Index(fields=["target", "at", "claim"], name="census_fact_to_news"),
            models.Index(
                fields=["subject", "property"],
                condition=Q(amount__isnull=False),
                name="census_amount_from",
            ),
            models.Index(
                fields=["target", "property"],
                condition=Q(amount__isnull=False),
                name="census_amount_to",
            ),
            # Holds all that a choice of dated facts is made by: a period is read from it alone.
            models.Index(
                fields=[
                    *("day", "claim", "earliest", "begun", "latest"),
                    *("property", "status", "subject", "target"),
                ],
                name="census_fact_in_time",
            ),
            # Orders in which programs read all of it, part by part (`published.paging`).
            models.Index(fields=["property", "claim"], name="census_fact_of_sort"),
            models.Index(fields=["status", "claim"], name="census_fact_of_status"),
            models.Index(fields=["at", "claim"], name="census_fact_news"),
        )

    def __str__(self) -> str:
        return f"{self.subject_id} {self.property}"


class PublishedChange(models.Model):
    """What is new for visitors, one row per publication or withdrawal: feeds and history."""

    entity = models.CharField(max_length=20)
    claim = models.CharField(max_length=20, blank=True, db_index=True)
    at = models.DateTimeField()
    what = models.CharField(max_length=20)
    """published, changed, withdrawn, merged."""
    by = models.CharField(max_length=150)
    reason = models.TextField(blank=True)
    title = models.CharField(max_length=300)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["at", "entity", "claim", "what"], name="census_news_in_time"),
            models.Index(fields=["entity", "at", "claim"], name="census_news_of"),
        )

    def __str__(self) -> str:
        return f"{self.what} {self.title}"


class PublishedNumber(models.Model):
    """An official number of a public record, to find it by. Written by `services.derived` alone,
    like all tables from here to `PublishedCount`: they hold nothing that `Published` and
    `PublishedFact` do not say, so that a page need not read all of these to know it."""

    record = models.CharField(max_length=20, db_index=True)
    scheme = models.CharField(max_length=30)
    value = models.CharField(max_length=80)

    class Meta:
        indexes = (models.Index(fields=["scheme", "value"], name="census_public_number"),)

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class PublishedSource(models.Model):
    """A document, and a passage of it if one is quoted, that a public fact rests on."""

    fact = models.CharField(max_length=20, db_index=True)
    document = models.CharField(max_length=64, db_index=True)
    """SHA-256 of the content, archived copies of addresses included."""
    quote = models.CharField(max_length=20, blank=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.fact} {self.document[:12]}"


class PublishedPlace(models.Model):
    """A territory that a public record is in: its own, and each that holds this."""

    record = models.CharField(max_length=20, db_index=True)
    kind = models.CharField(max_length=20)
    """Kind of the record."""
    territory = models.CharField(max_length=30)
    reach = models.PositiveSmallIntegerField()
    """A value of `census.domain.Reach`."""

    class Meta:
        indexes = (
            models.Index(fields=["territory", "kind", "reach", "record"], name="census_in_place"),
        )

    def __str__(self) -> str:
        return f"{self.record} {self.territory}"


class PublishedCount(models.Model):
    """How many public rows of one sort there are, kept while they are written."""

    sort = models.CharField(max_length=40)
    """kind, status, of a kind of record `type:…`, `letter:…`, `technology:…`, `in:…`, and of a
    property `time:…`, whose keys are the bounds of dated facts: `earliest/begun/latest`."""
    key = models.CharField(max_length=40)
    number = models.IntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["sort", "key"], name="census_count_once"),)

    def __str__(self) -> str:
        return f"{self.sort} {self.key}: {self.number}"


class Edition(models.Model):
    """One row: which state of the public site is shown, so that what is dear is made once for it.

    Random words and no counts: a count that is rolled back and used again, or a database that was
    put back to an earlier state, would name two different states alike.
    """

    word = models.CharField(max_length=16)
    """Another one after each change of what visitors can get."""
    facts = models.CharField(max_length=16)
    """Another one after each change of public records and facts."""

    def __str__(self) -> str:
        return self.word


class Redirect(models.Model):
    """An identifier that now means another record, for ever (301)."""

    old = models.CharField(primary_key=True, max_length=20)
    new = models.CharField(max_length=20)
    is_public = models.BooleanField(default=False)
    """Whether the old record was public: else a visitor learns nothing of it."""

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
