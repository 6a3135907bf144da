"""What a program may write: drafts, proposals, files. Nothing here publishes."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from contrechamp.kernel.errors import gettext_noop

from .asking import Day, Kind, Strict


class EvidenceIn(Strict):
    """A source of a fact."""

    kind: Literal["document", "register", "url", "reference"] = Field(
        ..., description=gettext_noop("D'où vient l'information.")
    )
    stance: Literal["supports", "contradicts", "mentions"] = Field(
        "supports", description=gettext_noop("Ce que la source fait du fait.")
    )
    document: str = Field("", max_length=64, description=gettext_noop("SHA-256 du document."))
    page: int | None = Field(None, ge=1, le=1_000_000, description=gettext_noop("Page."))
    quote: str = Field(
        "", max_length=20, description=gettext_noop("Identifiant d'une citation (q-…).")
    )
    register_: str = Field(
        "",
        alias="register",
        max_length=40,
        description=gettext_noop("Code du vocabulaire registers."),
    )
    record_id: str = Field("", max_length=200, description=gettext_noop("Numéro dans le registre."))
    url: str = Field("", max_length=2000, description=gettext_noop("Adresse de la page."))
    publisher: str = Field("", max_length=200, description=gettext_noop("Qui la publie."))
    retrieved_on: Day | None = Field(None, description=gettext_noop("Jour où elle a été lue."))
    publication: str = Field(
        "", max_length=300, description=gettext_noop("Titre de la publication.")
    )
    locator: str = Field("", max_length=300, description=gettext_noop("Endroit précis."))
    dated: str = Field("", max_length=60, description=gettext_noop("Date de la source."))

    def values(self) -> dict[str, Any]:
        """Return what `census.services.add_evidence` takes."""
        said = dict(self)
        said["register"], said["dated_text"] = said.pop("register_"), said.pop("dated")
        return {**said, "stance": self.stance.upper()}


class ClaimIn(Strict):
    """A fact to draft; its ends are identifiers, siren:…, commune:… or technology:…."""

    subject: str = Field(
        ..., min_length=1, max_length=100, description=gettext_noop("Fiche dont on parle.")
    )
    property: str = Field(
        ...,
        min_length=1,
        max_length=40,
        description=gettext_noop("Code des vocabulaires properties ou relations."),
    )
    value: str | int | float | bool | list[str] | None = Field(
        None, description=gettext_noop("La valeur, pour une propriété.")
    )
    target: str = Field(
        "", max_length=100, description=gettext_noop("La seconde fiche, pour une relation.")
    )
    attributes: dict[str, str | int | float | bool] = Field(
        default_factory=dict,
        description=gettext_noop("Précisions d'une relation, comme role."),
    )
    from_: str = Field(
        "",
        alias="from",
        max_length=60,
        description=gettext_noop("Vrai depuis : 2018, 2018-11, vers 2018…"),
    )
    to: str = Field("", max_length=60, description=gettext_noop("Vrai jusqu'à."))
    amount: str | None = Field(None, max_length=40, description=gettext_noop("Montant."))
    currency: str = Field("", max_length=3, description=gettext_noop("Monnaie, EUR sinon."))
    tax: Literal["", "excl", "incl", "unknown"] = Field("", description=gettext_noop("Taxes."))
    amount_kind: str = Field(
        "", max_length=30, description=gettext_noop("Code du vocabulaire amount_kinds.")
    )
    evidence: list[EvidenceIn] = Field(
        default_factory=list,
        max_length=20,
        description=gettext_noop("Les sources : sans elles, rien n'est publié."),
    )
    submit: bool = Field(
        False, description=gettext_noop("Soumettre aussitôt à la relecture d'une autre personne.")
    )

    def values(self) -> dict[str, Any]:
        """Return what `census.services.add_claim` takes beside the ends."""
        return {
            "value": self.value,
            "attributes": self.attributes,
            "from_text": self.from_,
            "to_text": self.to,
            "amount": self.amount,
            "currency": self.currency,
            "tax": self.tax,
            "amount_kind": self.amount_kind,
        }


class IdentifierIn(Strict):
    """An official number."""

    scheme: str = Field(..., min_length=1, max_length=30, description=gettext_noop("siren, rna…"))
    value: str = Field(..., min_length=1, max_length=80, description=gettext_noop("Le numéro."))


class RecordIn(Strict):
    """A record to draft."""

    kind: Kind = Field(..., description=gettext_noop("Sorte de fiche."))
    type: str = Field(
        ...,
        min_length=1,
        max_length=40,
        description=gettext_noop("Type, du vocabulaire entity_types."),
    )
    name: str = Field(..., min_length=1, max_length=300, description=gettext_noop("Son nom."))
    identifiers: list[IdentifierIn] = Field(
        default_factory=list, max_length=10, description=gettext_noop("Numéros officiels.")
    )


class SubmitIn(Strict):
    """Drafts to hand in."""

    claims: list[str] = Field(
        ...,
        min_length=1,
        max_length=500,
        description=gettext_noop("Identifiants de vos brouillons."),
    )


class NoticeIn(Strict):
    """A correction, a reply or a removal about what is public."""

    record: str = Field(..., min_length=1, max_length=20, description=gettext_noop("La fiche."))
    claim: str = Field("", max_length=20, description=gettext_noop("Le fait, si c'est l'un d'eux."))
    kind: Literal["correction", "reply", "removal"] = Field(
        "correction", description=gettext_noop("Ce que vous demandez.")
    )
    text: str = Field(
        ...,
        min_length=1,
        max_length=20_000,
        description=gettext_noop("Ce qui est faux, ou répondu."),
    )
    source: str = Field("", max_length=2000, description=gettext_noop("Ce qui le montre."))
    capacity: str = Field("", max_length=200, description=gettext_noop("À quel titre."))


class QuoteIn(Strict):
    """A passage to cite."""

    page: int = Field(..., ge=1, le=1_000_000, description=gettext_noop("Page."))
    exact: str = Field(
        ..., min_length=1, max_length=5000, description=gettext_noop("Les mots exacts.")
    )


class FindingsIn(Strict):
    """What a scan has read."""

    findings: list[dict[str, Any]] = Field(
        ...,
        min_length=1,
        max_length=200,
        description=gettext_noop("Des lectures, comme « contrechamp watch scan » les écrit."),
    )
