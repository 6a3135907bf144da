"""What the package of evidence says of itself, in French: its README."""

from __future__ import annotations

from collections.abc import Sequence

from .evidence import KEY, MANIFEST, SIGNATURE, SUMS, Profile

LEFT_OUT = (
    "les adresses électroniques et postales, et les codes qu'elles portent",
    "les noms des agents",
    "les courriels bruts, leurs en-têtes et les échanges avec les serveurs",
    "les notes et les faits que les personnes qui suivent la demande gardent pour elles",
)
"""What the public profile never holds."""
_INSIDE = {
    Profile.FULL: (
        ("messages/", "les courriels envoyés et reçus, octet pour octet (.eml)"),
        ("smtp/", "ce que notre serveur et celui du destinataire se sont dit à chaque envoi"),
        ("auth/", "ce que notre serveur a vérifié de l'expéditeur (SPF, DKIM, DMARC)"),
        ("documents/", "les documents obtenus, les lettres et les courriers papier numérisés"),
    ),
    Profile.PUBLIC: (
        ("messages/", "les lettres telles que tout le monde peut les lire, masquées (.txt)"),
        ("documents/", "les copies publiques des documents obtenus"),
        ("documents.csv", "les documents obtenus déjà publics, avec leur empreinte et leur page"),
    ),
}
_ALWAYS = (
    ("timeline.csv", "ce qui s'est passé, jour par jour, avec le fichier qui le prouve"),
    ("deadlines.json", "les délais de la loi, l'article et le calcul de chacun"),
    (MANIFEST, "la liste de tous les fichiers : taille, empreinte SHA-256, nature, provenance"),
    (SIGNATURE, "la signature Ed25519 de cette liste par l'observatoire"),
    (KEY, "la clé publique qui vérifie la signature"),
    (SUMS, "les mêmes empreintes, pour sha256sum"),
)


def readme(
    *,
    profile: Profile,
    key: str,
    title: str,
    fingerprint: str,
    paths: Sequence[str] = (),
    left_out: Sequence[str] = (),
) -> str:
    """Return the README of a package.

    `paths`: of its files, so that it speaks of none that is not there; `left_out`: sentences, what
    this one lacks and why.
    """
    inside = [row for row in _INSIDE[profile] if any(path.startswith(row[0]) for path in paths)]
    full = profile is Profile.FULL
    lines = [
        f"Dossier de preuves de la demande {key}",
        " ".join(title.split()),
        "",
        "Version complète : pour la personne qui demande et son conseil. Ne la publiez pas."
        if full
        else "Version publique : tout le monde peut la lire et la transmettre.",
        "",
        "Ce qu'il y a dedans",
        *(f"  {path:<22}{about}" for path, about in (*inside, *_ALWAYS)),
        "",
        *(
            []
            if full
            else ["Ce qui n'y est pas, exprès", *(f"  - {each}" for each in LEFT_OUT), ""]
        ),
        *(["Ce qui manque", *(f"  - {each}" for each in left_out), ""] if left_out else []),
        "Comment vérifier",
        "  Avec le programme de l'observatoire, fichier par fichier, en une commande :",
        "    contrechamp cases verify CE-FICHIER.zip",
        "  Sans lui, une fois l'archive ouverte, que rien n'a changé :",
        f"    sha256sum --check {SUMS}",
        "  et que la liste est bien signée (OpenSSL 3) :",
        f"    openssl pkeyutl -verify -rawin -pubin -inkey {KEY} \\",
        f"      -sigfile {SIGNATURE} -in {MANIFEST}",
        "",
        "La clé voyage avec le dossier : elle ne prouve qui a signé que si son empreinte est celle",
        "que l'observatoire publie à sa page /donnees. Celle-ci est :",
        f"  {fingerprint}",
        "",
        "Les jours sont ceux de Paris. Les délais sont une lecture de la loi, article par",
        "article : ce n'est pas un conseil juridique.",
        "",
    ]
    return "\n".join(lines)
