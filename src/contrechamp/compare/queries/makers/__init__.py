"""Which rankings there are, and how each is made. None ranks persons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext

from contrechamp.compare.queries.kept import keep
from contrechamp.compare.queries.ranked import Draft

from .market import amount_kinds, amount_words, amounts, clients, technologies
from .towns import cameras, documented, projects, proofs


@dataclass(frozen=True, slots=True)
class Kind:
    """A ranking before it is made."""

    title: str
    lead: str
    make: Callable[[], Draft]


def makers() -> dict[str, Kind]:
    """Return the rankings by slug; those of money are one for each kind of amount there is."""
    found = {
        "cameras-par-habitant": Kind(
            gettext("Caméras autorisées pour 1 000 habitants"),
            gettext("Les communes dont des actes d'autorisation publiés disent le nombre."),
            cameras,
        ),
        "projets-par-commune": Kind(
            gettext("Projets connus par commune"),
            gettext("Où nous connaissons le plus de projets situés dans la commune même."),
            projects,
        ),
        "fournisseurs-par-clients": Kind(
            gettext("Fournisseurs par nombre d'administrations clientes"),
            gettext("Les entreprises que le plus d'administrations différentes ont pour client."),
            clients,
        ),
        "techniques-par-communes": Kind(
            gettext("Techniques par nombre de communes"),
            gettext("Dans combien de communes un projet publié utilise chaque technique."),
            technologies,
        ),
    }
    for kind, tax, currency in keep("amount kinds", amount_kinds):
        slug = "-".join(filter(None, ["montants", kind or "autres", tax, currency]))
        found[slug.lower().replace("_", "-")] = Kind(
            gettext("Montants par fournisseur : {kind}").format(kind=amount_words(kind, tax)),
            gettext("Ce que les marchés publiés attribuent à chaque entreprise."),
            partial(amounts, kind, tax, currency),
        )
    found["preuves-par-departement"] = Kind(
        gettext("Part des faits prouvés, par département"),
        gettext("Où ce que nous publions est le mieux, et le moins bien, établi."),
        proofs,
    )
    found["communes-les-mieux-documentees"] = Kind(
        gettext("Communes les mieux documentées"),
        gettext("Où le plus de faits prouvés sont publiés."),
        documented,
    )
    return found
