# ruff: noqa: E501  The lines are cut where those of a bulletin are.
"""A bulletin made up for tests, in the shape of those of the State's tool."""

from __future__ import annotations

SERVICE = "Préfecture du VAR"
CREST = "=m\nPREFET\nDU  VAR\nLiberté\nEgalité\nFraternité\nCabinet - Direction des Sécurités\n"
BUNDLE = "83-2025-02-03-00007"
TITLE = "Arrêtés préfectoraux issus de la\ncommission départementale de\nvidéoprotection du 22 janvier 2025"
RECITALS = (
    "Le Préfet du Var,\nVu le code de la sécurité intérieure (Livre II - Titre V) ;\n"
    "Vu la demande présentée par M. Octave TOURNEBRIDE, gérant de {what}, située 3 rue des\n"
    "Essais à {town} (83000) ;\nSur proposition de Mme la Directrice de Cabinet ;\nARRETE\n"
)
APPEAL = (
    "Dans un délai de deux mois à compter de la publication du présent arrêté, un recours peut être\n"
    "introduit devant le Tribunal Administratif de  Toulon : 5 rue Racine.\n"
    "2/2Fait à Toulon, le 10/12/2024\nPour le Préfet et par délégation\nSigné"
)


def footer(number: int, act: str = BUNDLE, title: str = TITLE, glued: bool = True) -> str:
    """A footer; its number sticks to the title's year when `glued`."""
    return f"{SERVICE} - {act} - {title}{'' if glued else ' '}{number}\n"


def heading(kind: str, town: str, whom: str) -> str:
    """The heading of an order."""
    return (
        f"ARRÊTÉ PRÉFECTORAL\nportant {kind} d'installation d'un système de Vidéoprotection\n"
        f"Commune {town}\n({whom})\n"
    )


def authorisation(
    town: str, whom: str, cameras: str, *, file: str = "2025/0012"
) -> tuple[str, str]:
    """Two pages of an order that authorises: a sentence runs over the page's end."""
    first = (
        CREST
        + heading("autorisation", town, whom)
        + RECITALS.format(what=whom, town=town)
        + "Article 1  er   :  M. Octave TOURNEBRIDE, gérant de l'établissement, est autorisé pour une\n"
        "durée de cinq ans renouvelable, à mettre en œuvre 3 rue des Essais, un système de\n"
        f"vidéoprotection avec enregistrement d'images {cameras}, conformément\n1/2\n"
    )
    second = (
        f"au dossier présenté annexé à la demande enregistrée sous le numéro {file}.\n"
        "Article 2 :  Le public devra être informé.\n"
        "Article 3 :  Les enregistrements seront détruits au-delà d'un délai maximum de 15\njours.\n"
        + APPEAL
    )
    return first, second


def refusal(town: str, whom: str) -> tuple[str, str]:
    """Two pages of an order that refuses."""
    first = CREST + heading("refus d'autorisation", town, whom) + "Le Préfet du Var,\n"
    first += "Vu le code de la sécurité intérieure ;\n1/2\n"
    second = (
        "ARRETE\nArticle  1 –  La  demande  d'autorisation  d'un  système  de  vidéoprotection\n"
        "présentée par Mme Irène VALBERG et enregistrée sous le numéro 2025/0 031 est refusée.\n"
        "Article 2 – Conformément à l'article L252-1 du code de la sécurité intérieure.\n" + APPEAL
    )
    return first, second


def modification(town: str, whom: str, changes: str) -> tuple[str, str]:
    """Two pages of an order that changes a system."""
    first = CREST + heading("modification", town, whom) + "Le Préfet du Var,\n"
    first += "Vu le code de la sécurité intérieure ;\n1/2\n"
    second = (
        "Arrête\nArticle 1 –  Le Maire est autorisé dans les conditions fixées par l'arrêté du 30 juin\n"
        "2023, à modifier l'installation de vidéoprotection, demande enregistrée sous les numéros\n"
        f"2021/0811-2022/0206-2024/0562.\nArticle 2 – {changes}\n"
        "Article 3 – Toutes les autres dispositions demeurent applicables.\n" + APPEAL
    )
    return first, second


def bulletin(orders: list[tuple[str, str]], listed: list[str], *, with_pages: bool = False) -> str:
    """A bulletin whose one act is a bundle of orders, as text; form feeds when `with_pages`."""
    cover = "VAR\nRECUEIL DES ACTES\nADMINISTRATIFS\nN°83-2025-031\nPUBLIÉ LE 3 FÉVRIER 2025\n"
    contents = f"Sommaire\nPréfecture du VAR / Direction des sécurités\n{BUNDLE} - {TITLE} (9\npages) Page 3\n2\n"
    pages = [cover, contents]
    pages.append(f"{SERVICE}\n{BUNDLE}\n{TITLE}\n" + footer(3))
    pages.append("SOMMAIRE\n" + "".join(listed) + footer(4))
    number = 5
    for order in orders:
        for body in order:
            pages.append(body + footer(number))
            number += 1
    return ("\f" if with_pages else "").join(pages)


def small(*, with_pages: bool = False) -> str:
    """Four orders: two authorisations, a refusal, a modification."""
    return bulletin(
        [
            authorisation(
                "de TOULON",
                "Médiathèque",
                "composé de 2 caméras intérieures et de 1 caméra extérieure",
            ),
            authorisation(
                "du LUC",
                "Boulangerie Tournebride",
                "composé de 3 caméras intérieures",
                file="2025/0014",
            ),
            refusal("de LA VALETTE", "Déchetterie"),
            modification(
                "de GAREOULT",
                "Territoire communal",
                "Les modifications portent sur l'ajout de 1 caméra intérieure, de 2 caméras extérieures\n"
                "et 1 caméra visionnant la voie publique soit un total de 9 caméras intérieures, de 22\n"
                "caméras extérieures et 95 caméras visionnant la voie publique.",
            ),
        ],
        [
            heading("autorisation", "de TOULON", "Médiathèque"),
            heading("autorisation", "du LUC", "Boulangerie Tournebride"),
            heading("autorisation", "de LA VALETTE", "Déchetterie"),
            heading("modification", "de GAREOULT", "Territoire communal"),
        ],
        with_pages=with_pages,
    )
