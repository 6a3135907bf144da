"""What the watch offers to search, the menu and the pages below: read from `published` only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from urllib.parse import quote

from contrechamp.foundation.plug import Copied, Entry, Findable, MenuItem, Onward, Panel
from contrechamp.foundation.vocabulary import terms
from contrechamp.kernel.errors import gettext_noop
from contrechamp.kernel.tables import Column, Table
from contrechamp.ui.domain.share import Shareable

from . import published
from .personal import PERSONAL
from .shown import federation, shares
from .shown.events import EVENTS
from .shown.records import panel
from .shown.talk import SUBJECT
from .shown.to_check import TO_CHECK

ACT = "watch:act:"
PART = 500
TERRITORIES = ("commune", "arrondissement", "epci", "departement", "region")


def all_acts() -> Iterator[Entry]:
    """Yield every public act."""
    rows = published.all_acts()
    while part := list(islice(rows, PART)):
        yield from _entries(part)


def some_acts(refs: Sequence[str]) -> Iterator[Entry]:
    """Yield those of the acts that are public."""
    yield from _entries(published.some_acts([ref.removeprefix(ACT) for ref in refs]))


def _entries(acts: Iterable[published.Act]) -> Iterator[Entry]:
    for act in acts:
        evidence = act.data.get("evidence") or {}
        numbers = [act.act_number, act.order_number, *(act.data.get("file_numbers") or ())]
        census = (terms("watched").get(act.technology) or {}).get("census")
        yield Entry(
            ref=f"{ACT}{act.id}",
            kind="act",
            title=act.title,
            text=" ".join(proof.get("quote") or "" for proof in evidence.values())[:5000],
            url=act.url,
            also=" ".join([*filter(None, numbers), *(name for _, name in act.companies)]),
            places=(*act.territories, *act.holders),
            technologies=(census,) if census else (),
            date=act.published_on or act.signed_on,
            at=act.shown_at,
            amount=float(act.amount) if act.amount is not None else None,
        )


def _follow(key: str) -> str:
    kind, _, code = key.partition(":")
    return (
        f"/actes/flux.atom?departement={code}"
        if kind == "departement"
        else (f"/actes/flux.atom?lieu={quote(key, safe=':')}")
    )


def _of_record(key: str) -> str:
    return f"/actes/fiche/{key}"


TABLES = (
    Table(
        name="acts",
        about=gettext_noop("Les actes et marchés de surveillance relus par deux personnes, avec les jours pour les contester."),  # noqa: E501
        columns=(
            Column("id", gettext_noop("Identifiant de l'acte.")),
            Column("source", gettext_noop("D'où il vient : raa (recueil des actes), decp, boamp, ted (registres de marchés).")),  # noqa: E501
            Column("sort", gettext_noop("technology (technique) ou measure (mesure de police).")),
            Column("technology", gettext_noop("Technique ou mesure ; voir la table labels, vocabulaire watched.")),  # noqa: E501
            Column("decision", gettext_noop("Ce qui est décidé : authorisation, renewal, refusal…")),  # noqa: E501
            Column("title", gettext_noop("Une ligne qui dit l'acte, en français.")),
            Column("title_en", gettext_noop("La même, en anglais.")),
            Column("departement", gettext_noop("Code du département.")),
            Column("act_number", gettext_noop("Numéro de l'acte.")),
            Column("order_number", gettext_noop("Numéro de l'arrêté.")),
            Column("signed_on", gettext_noop("Jour de la signature."), "date"),
            Column("published_on", gettext_noop("Jour de la publication."), "date"),
            Column("challenge_safely_until", gettext_noop("Dernier jour où un recours est sûrement à temps."), "date"),  # noqa: E501
            Column("challenge_until", gettext_noop("Dernier jour selon le décompte usuel (CJA R421-1, R421-5)."), "date"),  # noqa: E501
            Column("court", gettext_noop("Tribunal.")),
            Column("expires_on", gettext_noop("Jour où l'autorisation prend fin."), "date"),
            Column("renewal_asked_by", gettext_noop("Jour avant lequel un renouvellement doit être demandé."), "date"),  # noqa: E501
            Column("applies_on", gettext_noop("Premier jour où la mesure ou le vol s'applique."), "date"),  # noqa: E501
            Column("cameras", gettext_noop("Nombre de caméras."), "integer"),
            Column("amount", gettext_noop("Montant du marché, en euros."), "decimal"),
            Column("document", gettext_noop("Empreinte SHA-256 du document gardé, quand il est public.")),  # noqa: E501
            Column("page", gettext_noop("Page du document."), "integer"),
            Column("duplicate_of", gettext_noop("Autre publication de la même décision : ne comptez que celle-là.")),  # noqa: E501
            Column("project", gettext_noop("Fiche du projet."), leads_to="nodes"),
            Column("url", gettext_noop("Adresse de sa page sur ce site.")),
        ),
        rows=published.act_rows,
        searched=("title", "title_en"),
    ),
    Table(
        name="acts_places",
        about=gettext_noop("Où chaque acte s'applique."),
        columns=(
            Column("act", gettext_noop("L'acte."), leads_to="acts"),
            Column("territory", gettext_noop("Clé du territoire."), "territory"),
            Column("is_named", gettext_noop("1 : l'acte le nomme ; 0 : il contient un lieu que l'acte nomme."), "integer"),  # noqa: E501
        ),
        rows=published.place_rows,
        is_keyed=False,
    ),
    Table(
        name="acts_companies",
        about=gettext_noop("Les entreprises que chaque acte nomme."),
        columns=(
            Column("act", gettext_noop("L'acte."), leads_to="acts"),
            Column("siren", gettext_noop("Numéro SIREN.")),
            Column("name", gettext_noop("Nom, comme l'acte l'écrit.")),
        ),
        rows=published.company_rows,
        is_keyed=False,
    ),
)  # fmt: skip

PLUG = (
    *PERSONAL,
    SUBJECT,
    *EVENTS,
    *federation.OFFERS,
    Shareable(view_name="watch:act", read=shares.read_act),
    Shareable(view_name="watch:week", read=shares.read_list, is_embeddable=False),
    Shareable(view_name="watch:open", read=shares.read_open, is_embeddable=False),
    Shareable(view_name="watch:renewals", read=shares.read_renewals, is_embeddable=False),
    Shareable(view_name="watch:statistics", read=shares.read_statistics),
    Shareable(view_name="watch:plot", read=shares.read_plot),
    *TABLES,
    Findable(prefix=ACT, entries=all_acts, some=some_acts),
    TO_CHECK,
    MenuItem(label=gettext_noop("Actes"), url_name="watch:week", order=40, key="g a"),
    MenuItem(
        label=gettext_noop("Mes alertes"), url_name="watch:alerts", audience="members", order=62
    ),
    MenuItem(
        label=gettext_noop("Découvertes"), url_name="watch:inbox", audience="editors", order=71
    ),
    Onward(
        label=gettext_noop("Suivre les actes (flux)"), kinds=TERRITORIES, address=_follow, order=40
    ),
    Panel(kinds=(*TERRITORIES, "project", "contract", "actor", "technology"), draw=panel, order=30),
    Copied(url_name="watch:week", questions=(("page",), ("departement",), ("departement", "page"))),
    Copied(url_name="watch:open", questions=(("page",),)),
    Copied(url_name="watch:renewals", questions=(("page",),)),
    Copied(url_name="watch:alerts", is_live=True),
    Copied(url_name="watch:act-geojson", is_live=True),
)
