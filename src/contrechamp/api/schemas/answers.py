"""What is answered. Every field is always there; what is not known is null or empty."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Schema
from pydantic import ConfigDict, Field

from contrechamp.kernel.errors import gettext_noop


class Said(Schema):
    """An answer: what is not described here is not in it."""

    model_config = ConfigDict(extra="forbid")


URL = gettext_noop("Adresse de la page, sur ce site.")
NEXT = gettext_noop("Adresse de la suite ; null à la fin.")
ID = gettext_noop("Identifiant, donné une fois pour toutes.")


class Ref(Said):
    """A record, by its name."""

    id: str = Field(..., description=ID)
    kind: str
    type: str
    name: str
    url: str = Field(..., description=URL)


class Evidence(Said):
    """A source of a fact, as anybody may read it."""

    id: str
    kind: str = Field(..., description=gettext_noop("document, register, url, reference ou file."))
    stance: str = Field(..., description=gettext_noop("supports, contradicts ou mentions."))
    level: str = Field(..., description=gettext_noop("Ce qu'elle prouve seule."))
    readers: int = Field(..., description=gettext_noop("Combien de personnes ont lu le passage."))
    rejected: bool
    url: str = Field(..., description=gettext_noop("Où la lire."))
    document: str | None = Field(None, description=gettext_noop("SHA-256 du document."))
    page: int | None
    quote: str | None = Field(None, description=gettext_noop("Identifiant d'une citation (q-…)."))
    quote_text: str | None = Field(None, description=gettext_noop("Les mots exacts."))
    register_: str | None = Field(None, alias="register")
    record_id: str | None
    publisher: str | None
    retrieved_on: str | None
    publication: str | None
    locator: str | None
    dated: str | None
    name: str | None = Field(None, description=gettext_noop("Nom d'un fichier qui manque."))


class Claim(Said):
    """A published fact with its sources."""

    id: str = Field(..., description=ID)
    url: str = Field(..., description=URL)
    subject: Ref
    property: str = Field(
        ..., description=gettext_noop("Code des vocabulaires properties ou relations.")
    )
    label: str = Field(..., description=gettext_noop("Le même, en mots."))
    target: Ref | None = Field(None, description=gettext_noop("L'autre bout d'une relation."))
    value: Any = Field(None, description=gettext_noop("La valeur, pour une propriété."))
    value_text: str = Field(..., description=gettext_noop("La valeur ou l'autre bout, en mots."))
    attributes: dict[str, Any]
    from_: str | None = Field(
        None, alias="from", description=gettext_noop("Vrai depuis, comme la source l'écrit.")
    )
    to: str | None = Field(None, description=gettext_noop("Vrai jusqu'à, comme la source l'écrit."))
    earliest: str | None = Field(
        None, description=gettext_noop("Premier jour où il a pu être vrai.")
    )
    latest: str | None = Field(None, description=gettext_noop("Dernier jour où il a pu l'être."))
    amount: str | None = Field(
        None, description=gettext_noop("Montant, en texte : aucun centime perdu.")
    )
    amount_kind: str | None
    tax: str | None
    currency: str | None
    status: str = Field(
        ..., description=gettext_noop("alleged, documented, verified ou contradicted.")
    )
    read_alone: bool = Field(..., description=gettext_noop("Relu par une seule personne."))
    published_at: str
    changed_at: str
    evidence: list[Evidence]


class ClaimPage(Said):
    """A part of a list of facts."""

    items: list[Claim]
    next: str | None = Field(None, description=NEXT)


class NameOut(Said):
    """One name of a record."""

    text: str
    lang: str
    role: str


class Identifier(Said):
    """One official number of a record."""

    scheme: str
    value: str
    url: str = Field(..., description=gettext_noop("Où le registre officiel le montre, ou vide."))


class Record(Said):
    """A published record, without its facts."""

    id: str = Field(..., description=ID)
    kind: str
    type: str
    name: str
    url: str = Field(..., description=URL)
    territory: str | None = Field(None, description=gettext_noop("Clé du territoire."))
    names: list[NameOut]
    identifiers: list[Identifier]
    counts: dict[str, int] = Field(
        ..., description=gettext_noop("Combien de faits, et combien de chaque statut.")
    )
    notices: list[dict[str, Any]] = Field(
        ..., description=gettext_noop("Réponses et corrections publiées avec la fiche.")
    )
    version: int
    read_alone: bool = Field(..., description=gettext_noop("Relue par une seule personne."))
    published_at: str
    changed_at: str
    claims: str = Field(..., description=gettext_noop("Adresse de ses faits dans cette API."))


class RecordPage(Said):
    """A part of a list of records."""

    items: list[Record]
    next: str | None = Field(None, description=NEXT)


class Change(Said):
    """One line of the public history."""

    at: str
    what: str = Field(..., description=gettext_noop("published, changed, withdrawn ou merged."))
    record: str = Field(..., description=gettext_noop("Identifiant de la fiche."))
    claim: str | None = Field(None, description=gettext_noop("Identifiant du fait, ou null."))
    title: str
    url: str = Field(..., description=URL)
    by: str = Field(..., description=gettext_noop("Pseudonyme de qui l'a publié."))
    reason: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class ChangePage(Said):
    """A part of the public history, the oldest first."""

    items: list[Change]
    next: str | None = Field(None, description=NEXT)
    resume: str | None = Field(
        None,
        description=gettext_noop(
            "Adresse à redemander plus tard : ce qui aura changé depuis. Pour les miroirs."
        ),
    )


class Key(Said):
    """One identifier."""

    id: str = Field(..., description=ID)
    changed_at: str


class KeyPage(Said):
    """A part of a list of identifiers."""

    items: list[Key]
    next: str | None = Field(None, description=NEXT)


class Document(Said):
    """A public document, known by the SHA-256 of its content."""

    sha256: str
    url: str = Field(..., description=URL)
    title: str
    type: str = Field(..., description=gettext_noop("Type, du vocabulaire document_types."))
    dated: str | None = Field(None, description=gettext_noop("Date, comme elle est écrite."))
    author: str | None
    language: str | None
    origin: str
    source_url: str | None
    obtained_on: str | None
    territories: list[str]
    published_at: str | None
    mime: str
    bytes: int
    pages: int = Field(..., description=gettext_noop("Combien de pages."))
    file: str = Field(..., description=gettext_noop("Adresse du fichier lui-même."))


class DocumentPage(Said):
    """A part of a list of documents."""

    items: list[Document]
    next: str | None = Field(None, description=NEXT)


class Page(Said):
    """One page of a document, with what it says."""

    number: int
    url: str = Field(..., description=URL)
    width_pt: float
    height_pt: float
    text: str = Field(..., description=gettext_noop("Vide tant que la page attend d'être lue."))


class PagePage(Said):
    """A part of the pages of a document."""

    items: list[Page]
    next: str | None = Field(None, description=NEXT)


class Quote(Said):
    """A passage on which a public fact rests."""

    id: str
    url: str = Field(..., description=URL)
    page: int
    last_page: int
    exact: str = Field(..., description=gettext_noop("Les mots exacts."))
    prefix: str
    suffix: str
    rects: dict[str, list[list[float]]] = Field(
        ...,
        description=gettext_noop("Par page, des rectangles en fractions de la page."),
    )
    anchored: bool = Field(..., description=gettext_noop("Retrouvé dans le texte actuel."))


class QuotePage(Said):
    """A part of the quotes of a document."""

    items: list[Quote]
    next: str | None = Field(None, description=NEXT)


class ActCompany(Said):
    """A company that an act names."""

    siren: str
    name: str


class Act(Said):
    """An act of surveillance that two people have read."""

    id: str = Field(..., description=ID)
    url: str = Field(..., description=URL)
    source: str
    technology: str = Field(..., description=gettext_noop("Code du vocabulaire watched."))
    sort: str
    decision: str
    title: str
    departement: str | None
    territories: list[str]
    companies: list[ActCompany]
    act_number: str | None
    order_number: str | None
    signed_on: str | None
    published_on: str | None
    act_by_safe: str | None = Field(
        None, description=gettext_noop("Dernier jour sûr pour le contester.")
    )
    last_day: str | None = Field(
        None, description=gettext_noop("Dernier jour selon le décompte usuel.")
    )
    expires_on: str | None
    event_on: str | None
    cameras: int | None
    amount: str | None
    duplicate_of: str | None = Field(
        None, description=gettext_noop("La même décision, publiée ailleurs.")
    )
    project: str | None
    finding: dict[str, Any] = Field(
        ..., description=gettext_noop("Ce qui a été lu dans l'acte, avec les passages.")
    )
    published_here_at: str
    changed_at: str


class ActPage(Said):
    """A part of a list of acts."""

    items: list[Act]
    next: str | None = Field(None, description=NEXT)


class Experiment(Said):
    """A claim that the laboratory tries. Its sentences are in both languages."""

    id: str
    version: int
    title: dict[str, str]
    question: dict[str, str]
    claim: dict[str, str]
    params: list[dict[str, Any]] = Field(
        ..., description=gettext_noop("Réglages : nom, sorte, valeur de départ, bornes, choix.")
    )
    numbers: list[dict[str, Any]] = Field(
        ..., description=gettext_noop("Nombres que l'expérience donne.")
    )
    technologies: list[str] = Field(
        ..., description=gettext_noop("Codes du vocabulaire : de quoi l'affirmation parle.")
    )
    url: str = Field(..., description=URL)
    result_url: str = Field(
        ...,
        description=gettext_noop("Le résultat en JSON ; les réglages s'y ajoutent : ?wd=0.5."),
    )


class Territory(Said):
    """A territory of the gazetteer."""

    key: str = Field(..., description=gettext_noop("Clé, par exemple commune:06088."))
    kind: str
    code: str
    name: str
    url: str = Field(..., description=URL)
    siren: str | None
    postal_codes: list[str]
    population: int | None
    departement: str | None
    region: str | None
    epci: str | None
    parent: str | None
    successor: str | None = Field(
        None, description=gettext_noop("Le territoire dont celui-ci fait partie désormais.")
    )
    lon: float | None
    lat: float | None


class TerritoryPage(Said):
    """A part of a list of territories."""

    items: list[Territory]
    next: str | None = Field(None, description=NEXT)


class VocabularyRef(Said):
    """A vocabulary, by its name."""

    name: str
    terms: int
    href: str = Field(..., description=gettext_noop("Adresse dans cette API."))


class Vocabularies(Said):
    """All vocabularies."""

    items: list[VocabularyRef]


class Vocabulary(Said):
    """The terms of a vocabulary, in their order."""

    name: str
    terms: list[dict[str, Any]] = Field(
        ..., description=gettext_noop("code, label {fr, en}, et ce que le vocabulaire dit de plus.")
    )


class SearchPage(Said):
    """What was found, as the page /recherche shows it."""

    query: str
    total: int
    exact: bool
    facets: dict[str, list[dict[str, Any]]]
    items: list[dict[str, Any]] = Field(
        ..., description=gettext_noop("kind, id, title, url, snippet, place, date, status, score…")
    )
    next: str | None = Field(None, description=NEXT)
    any_word: bool
    fuzzy: bool
    synonyms: dict[str, list[str]]
    problems: list[str]
    suggestion: str | None


class Node(Said):
    """A record in the graph."""

    id: str
    kind: str
    name: str
    url: str = Field(..., description=URL)
    links: int = Field(..., description=gettext_noop("À combien d'autres elle est liée."))


class Edge(Said):
    """A relation in the graph."""

    id: str
    url: str = Field(..., description=URL)
    relation: str
    label: str
    source: str
    target: str
    status: str
    amount: str | None


class Neighbours(Said):
    """What lies around a record."""

    centre: Node
    nodes: list[Node]
    edges: list[Edge]
    left_out: int = Field(..., description=gettext_noop("Combien de fiches n'ont pas tenu."))


class End(Said):
    """One end of a way."""

    id: str
    name: str
    kind: str


class Paths(Said):
    """Ways between two records, each step with its proof; none is an honest answer."""

    from_: End = Field(..., alias="from")
    to: End
    paths: list[dict[str, Any]] = Field(
        ..., description=gettext_noop("cost, weak, nodes et edges, comme /graphe/chemin.json.")
    )


class Index(Said):
    """Where everything is."""

    name: str
    version: str
    licence: str
    openapi: str
    reference: str
    lists: dict[str, str]
    counts: dict[str, int] = Field(..., description=gettext_noop("Fiches publiées, par sorte."))
    changed_at: str | None


class Me(Said):
    """What the token may do."""

    account: str
    token: str
    scopes: list[str]
    ends_at: str


class DraftOut(Said):
    """A draft, as its author is told of it. Nobody else sees it yet."""

    id: str
    state: str = Field(..., description=gettext_noop("draft, in_review…"))
    status: str | None = Field(None, description=gettext_noop("Ce que vaudrait sa preuve."))
    evidence: list[str]


class SubmittedOut(Said):
    """What was handed in."""

    submitted: list[str]


class NoticeOut(Said):
    """A proposal that waits for an answer."""

    id: str
    kind: str
    received_on: str


class QuoteOut(Said):
    """A passage, to be given as evidence."""

    id: str
    document: str
    page: int
    exact: str


class ArrivedFile(Said):
    """What became of a file."""

    document: str | None = Field(None, description=gettext_noop("Identifiant du document (doc-…)."))
    sha256: str | None
    name: str
    state: str = Field(..., description=gettext_noop("added, known, refused…"))
    reason: str | None


class Arrival(Said):
    """What became of the files that were sent."""

    batch: str
    url: str = Field(..., description=URL)
    files: list[ArrivedFile]


class TakenOut(Said):
    """What became of findings."""

    new: int
    known: int
    changed: int


class Fault(Said):
    """One thing that was not understood."""

    where: str
    why: str


class Problem(Said):
    """An error (RFC 9457), with a sentence in the reader's language."""

    type: str
    title: str
    status: int
    detail: str = Field(..., description=gettext_noop("Ce qui ne va pas, et que faire."))
    errors: list[Fault] = Field(default_factory=list)


class CountedLine(Said):
    """One step of a count: from a day, by an operator, to a day."""

    field: str
    op: str
    from_: date = Field(..., alias="from")
    n: int
    result: date
    basis: str


class Deadline(Said):
    """A step that the law draws from facts: from when, until when, and why."""

    step: str
    not_before: date | None = Field(
        ...,
        description=gettext_noop(
            "Premier jour où l'on peut agir, ou premier jour où la décision peut exister."
        ),
    )
    act_by_safe: date | None = Field(
        ..., description=gettext_noop("Dernier jour bon dans toutes les lectures.")
    )
    last_day: date | None = Field(
        ...,
        description=gettext_noop(
            "Dernier jour dans la lecture choisie ; pour le devoir d'un autre, la fin de son délai."
        ),
    )
    basis: list[str] = Field(
        ..., description=gettext_noop("Articles et jugements, celui qui décide d'abord.")
    )
    reading: str
    uncertain: list[str] = Field(
        default_factory=list,
        description=gettext_noop("Codes des questions que la loi laisse ouvertes (U1 à U12)."),
    )
    state: str = Field(
        "",
        description=gettext_noop(
            "upcoming, open, last_days, unsafe ou closed, quand « today » est donné."
        ),
    )
    derivation: list[CountedLine] = Field(
        ..., description=gettext_noop("Comment chaque jour fut trouvé, ligne par ligne.")
    )
