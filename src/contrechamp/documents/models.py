"""Files, documents, pages, texts, quotes. Content is known by its SHA-256 and kept once.

Pages and texts belong to the *content* (`File`), so that a file that arrives twice is read
once; a `Document` is the work, and its `Version`s say which content it had when.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contrechamp.kernel.ids import new_id


def new_document_id() -> str:
    return new_id("doc")


def new_quote_id() -> str:
    return new_id("q")


def new_batch_id() -> str:
    return new_id("lot")


def new_redaction_id() -> str:
    return new_id("red")


class File(models.Model):
    """One content, wherever it came from."""

    class Area(models.TextChoices):
        OPEN = "OPEN", _("ouvert")
        SEALED = "SEALED", _("scellé")

    sha256 = models.CharField(primary_key=True, max_length=64)
    sha1 = models.CharField(max_length=40)
    bytes = models.BigIntegerField(db_index=True)
    mime = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)
    """pdf, image, text, html, email, office."""
    rendition = models.CharField(max_length=64, blank=True)
    """Key of the PDF that its pages are drawn from, when the content itself cannot be: an office
    file converted, a protected PDF opened with its password, a damaged one repaired."""
    area = models.CharField(max_length=10, choices=Area, default=Area.OPEN)
    pages_count = models.PositiveIntegerField(default=0)
    read_state = models.CharField(max_length=20, default="waiting")
    """waiting, read, partly, failed: whether its pages are in the tables. `waiting` beside a
    number of pages means that a reading was cut: the pages that are there are not read again."""
    read_by = models.CharField(max_length=200, blank=True)
    """The process that reads it (`foundation.lease`), while it waits."""
    read_error = models.CharField(max_length=40, blank=True)
    """A reason code of `documents.domain.reasons`."""
    read_message = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.sha256[:12]


class Document(models.Model):
    """A work: the order, the contract, the letter, whatever content shows it."""

    class Origin(models.TextChoices):
        FOI = "FOI", _("obtenu par une demande d'accès")
        OFFICIAL_SITE = "OFFICIAL_SITE", _("publié sur un site officiel")
        REGISTER = "REGISTER", _("tiré d'un registre")
        PRESS = "PRESS", _("presse")
        RECEIVED = "RECEIVED", _("reçu")
        IMPORT = "IMPORT", _("importé")

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("brouillon")
        IN_REVIEW = "IN_REVIEW", _("en relecture")
        PUBLISHED = "PUBLISHED", _("publié")
        WITHDRAWN = "WITHDRAWN", _("retiré")

    class Access(models.TextChoices):
        PRIVATE = "PRIVATE", _("moi seul·e")
        TEAM = "TEAM", _("l'équipe")
        PUBLIC = "PUBLIC", _("tout le monde")

    id = models.CharField(primary_key=True, max_length=20, default=new_document_id)
    title = models.CharField(max_length=300)
    doc_type = models.CharField(max_length=40, default="other")
    """Code of `vocabulary/document_types.yaml`."""
    dated_text = models.CharField(max_length=60, blank=True)
    dated_earliest = models.DateField(null=True, blank=True)
    dated_latest = models.DateField(null=True, blank=True)
    author_text = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=8, blank=True)
    origin = models.CharField(max_length=20, choices=Origin, default=Origin.RECEIVED)
    source_url = models.URLField(max_length=1000, blank=True)
    obtained_on = models.DateField(null=True, blank=True)
    place_codes = models.JSONField(default=list, blank=True)
    """Territory codes as `commune:06088`, for facets."""
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="children"
    )
    """The e-mail that it came with."""
    access = models.CharField(max_length=10, choices=Access, default=Access.TEAM)
    embargo_until = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    """For the optimistic lock: raised by every change."""
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """Which content a document had, and since when it was seen."""

    class Role(models.TextChoices):
        ORIGINAL = "ORIGINAL", _("original")
        PUBLIC_COPY = "PUBLIC_COPY", _("copie publique")
        CONVERTED = "CONVERTED", _("converti")
        REPLACED = "REPLACED", _("remplacé")

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    file = models.ForeignKey(File, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(default=1)
    seen_on = models.DateField()
    seen_at_url = models.URLField(max_length=1000, blank=True)
    role = models.CharField(max_length=20, choices=Role, default=Role.ORIGINAL)
    received_name = models.CharField(max_length=500, blank=True)
    """The name of the file as it came: never shown to a visitor."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["document", "number"], name="documents_version_once"),
            models.UniqueConstraint(fields=["document", "file"], name="documents_content_once"),
        )

    def __str__(self) -> str:
        return f"{self.document} v{self.number}"


class Page(models.Model):
    """One page of a content, numbered from 1. Sizes are in PDF points after rotation."""

    file = models.ForeignKey(File, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    width_pt = models.FloatField(default=595)
    height_pt = models.FloatField(default=842)
    rotation = models.PositiveSmallIntegerField(default=0)
    has_image = models.BooleanField(default=True)
    """Whether a picture of it can be made (not so for .txt, .html, .eml)."""
    label = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["file", "number"], name="documents_page_once"),
        )

    def __str__(self) -> str:
        return f"{self.file_id[:12]} p. {self.number}"


class TextLayer(models.Model):
    """What a page says, by one way of reading it. Old layers stay while a quote uses them."""

    class Kind(models.TextChoices):
        FILE = "FILE", _("texte du fichier")
        OCR = "OCR", _("lu par OCR")
        CORRECTED = "CORRECTED", _("corrigé par un lecteur")

    page = models.ForeignKey(Page, models.CASCADE, related_name="layers")
    kind = models.CharField(max_length=10, choices=Kind)
    engine = models.CharField(max_length=40)
    engine_version = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=8, blank=True)
    text = models.TextField(blank=True)
    words = models.JSONField(null=True, blank=True)
    """OCR only: [[start, end, x0, y0, x1, y1, confidence]…], offsets in `text`, box as fractions
    of the page, origin top left. For text of the file boxes are computed when first needed."""
    confidence = models.FloatField(null=True, blank=True)
    """Mean word confidence of the engine, 0 to 100; null for text of the file."""
    is_current = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["page"],
                condition=models.Q(is_current=True),
                name="documents_one_current_layer",
            ),
        )

    def __str__(self) -> str:
        return f"{self.page} ({self.kind})"


class Quote(models.Model):
    """A passage with an address: exact words, what stands around them, and where on the page."""

    id = models.CharField(primary_key=True, max_length=20, default=new_quote_id)
    file = models.ForeignKey(File, models.PROTECT, related_name="quotes")
    page_from = models.PositiveIntegerField()
    page_to = models.PositiveIntegerField()
    exact = models.TextField()
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    rects = models.JSONField(default=dict, blank=True)
    """{"12": [[x0, y0, x1, y1]…]}: fractions of the page, origin top left."""
    layer = models.ForeignKey(
        TextLayer, models.SET_NULL, null=True, blank=True, related_name="quotes"
    )
    anchored = models.BooleanField(default=True)
    is_public = models.BooleanField(default=False)
    """Whether a published fact rests on it: then visitors see it marked on the page."""
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.exact[:80]


class OcrPage(models.Model):
    """The ledger of page recognition: one row per page that needs it."""

    class State(models.TextChoices):
        QUEUED = "QUEUED", _("en attente")
        RUNNING = "RUNNING", _("en cours")
        DONE = "DONE", _("lue")
        FAILED = "FAILED", _("échec")

    page = models.OneToOneField(
        Page, models.CASCADE, primary_key=True, related_name="ocr", db_column="page_id"
    )
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    lease_until = models.DateTimeField(null=True, blank=True)
    leased_by = models.CharField(max_length=200, blank=True)
    """The process that reads it: when that is gone its pages are free before the lease ends."""
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    seconds = models.FloatField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["state", "lease_until"]),)

    def __str__(self) -> str:
        return f"{self.page_id} {self.state}"


class Batch(models.Model):
    """One arrival: what was pointed at, by whom; its items say what became of each file."""

    id = models.CharField(primary_key=True, max_length=20, default=new_batch_id)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    origin = models.CharField(max_length=20, choices=Document.Origin)

    def __str__(self) -> str:
        return self.id


class BatchItem(models.Model):
    """One file of an arrival. `path` is what the person named, never shown to a visitor."""

    class State(models.TextChoices):
        ADDED = "ADDED", _("ajouté")
        KNOWN = "KNOWN", _("déjà connu")
        REFUSED = "REFUSED", _("refusé")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="items")
    path = models.TextField()
    state = models.CharField(max_length=10, choices=State)
    reason = models.CharField(max_length=40, blank=True)
    message = models.TextField(blank=True)
    document = models.ForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="arrivals"
    )

    def __str__(self) -> str:
        return f"{self.path}: {self.state}"


class CustodyEvent(models.Model):
    """What happened to a document, in order: received, read, published, withdrawn …"""

    document = models.ForeignKey(Document, models.CASCADE, related_name="custody")
    file = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    what = models.CharField(max_length=30)
    by = models.CharField(max_length=150, blank=True)
    detail = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.what} {self.document_id}"


class Collection(models.Model):
    """An ordered set of documents with a title and a text."""

    slug = models.SlugField(unique=True, max_length=80)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    is_public = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.title


class CollectionItem(models.Model):
    """A document in a collection."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="items")
    document = models.ForeignKey(Document, models.CASCADE, related_name="collected")
    order = models.PositiveIntegerField(default=0)
    note = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["collection", "document"], name="documents_item_once"),
        )

    def __str__(self) -> str:
        return f"{self.collection}: {self.document}"


class Redaction(models.Model):
    """One public copy of a document: proposed, made, confirmed by a second person, replaced.

    What it hides is in the sealed store (`plan_key`), never in a table.
    """

    class State(models.TextChoices):
        PROPOSED = "PROPOSED", _("proposée")
        MADE = "MADE", _("à confirmer")
        PUBLIC = "PUBLIC", _("publique")
        REPLACED = "REPLACED", _("remplacée")
        DROPPED = "DROPPED", _("abandonnée")

    id = models.CharField(primary_key=True, max_length=20, default=new_redaction_id)
    document = models.ForeignKey(Document, models.CASCADE, related_name="redactions")
    original = models.ForeignKey(File, models.PROTECT, related_name="redactions")
    copy = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="copied_by")
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    plan_key = models.CharField(max_length=64)
    checks = models.JSONField(default=list, blank=True)
    """The leak test: `[{"name", "passed", "detail"}]`."""
    flattened = models.JSONField(default=list, blank=True)
    is_decided = models.BooleanField(default=False)
    """Whether an editor let the same sentences stand in other documents."""
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)
    nonce = models.CharField(max_length=64, blank=True)
    """Opens the commitment in court; never shown."""
    commitment = models.CharField(max_length=64, blank=True)
    """HMAC-SHA-256 of the original's hash: shown in its place."""

    class Meta:
        indexes = (models.Index(fields=["document", "state"]),)

    def __str__(self) -> str:
        return f"{self.id} {self.state}"


class RedactionBox(models.Model):
    """A box of a public copy: the public log, without a word of what is below."""

    redaction = models.ForeignKey(Redaction, models.CASCADE, related_name="boxes")
    page = models.PositiveIntegerField()
    rect = models.JSONField()
    """`[x0, y0, x1, y1]`: fractions of the page, origin top left."""
    reason = models.CharField(max_length=30)
    """Code of `vocabulary/redaction_reasons.yaml`."""
    source = models.CharField(max_length=10)

    def __str__(self) -> str:
        return f"{self.redaction_id} p. {self.page} {self.reason}"


class HiddenText(models.Model):
    """What was found of badly made redactions in a file, and what an editor decided.

    The words themselves are never kept: whoever needs them asks the file again. A file that a
    public copy replaces is sealed and needs no decision.
    """

    class Decision(models.TextChoices):
        KEPT = "KEPT", _("gardé tel quel")

    file = models.OneToOneField(
        File, models.CASCADE, primary_key=True, related_name="hidden", db_column="file_id"
    )
    verdict = models.CharField(max_length=20)
    """clean, suspect, bad, not_checked (`documents.domain.hidden`)."""
    findings = models.JSONField(default=list, blank=True)
    """[{page, rect, kind, characters, dark}]: as the command line writes them, without text."""
    checked_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.file_id[:12]} {self.verdict}"


class Screening(models.Model):
    """That the pages of a file were screened for personal data, and in which state they were."""

    file = models.OneToOneField(
        File, models.CASCADE, primary_key=True, related_name="screening", db_column="file_id"
    )
    mark = models.CharField(max_length=80)
    """The rules and the texts that were read; when it differs, the file is screened again."""
    screened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.file_id[:12]} {self.mark}"


class ScreeningFinding(models.Model):
    """A passage that may tell of a private person, and what somebody decided about it."""

    class Decision(models.TextChoices):
        REDACT = "REDACT", _("à caviarder")
        KEEP = "KEEP", _("à garder")
        NOT_PERSONAL = "NOT_PERSONAL", _("rien de personnel")

    file = models.ForeignKey(File, models.CASCADE, related_name="screened")
    page = models.PositiveIntegerField()
    kind = models.CharField(max_length=30)
    """`documents.domain.personal.Kind`."""
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    """Offsets in the current text of the page; none for what was pointed at on its picture."""
    exact = models.TextField(blank=True)
    rects = models.JSONField(default=list, blank=True)
    """Of what was pointed at: fractions of the page, origin top left."""
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Who pointed at it; nobody when a detector found it."""
    decision = models.CharField(max_length=20, choices=Decision, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    """Why it is kept: a code of `vocabulary/keeping_reasons.yaml`."""
    detail = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["file", "page"]), models.Index(fields=["file", "decision"]))

    def __str__(self) -> str:
        return f"{self.kind} {self.file_id[:12]} p. {self.page}"
