"""What the words before an identifier (`mairie-…`) say of a body: its kind."""

from __future__ import annotations

from .kinds import BodyKind

_KINDS: dict[BodyKind, str] = {
    BodyKind.COMMUNE: "mairie mairie_com",
    BodyKind.EPCI: "epci",
    BodyKind.DEPARTEMENT: "cg",
    BodyKind.REGION: "cr",
    BodyKind.PREFECTURE: "prefecture prefecture_region",
    BodyKind.STATE_SERVICE: (
        "sous_pref tresorerie sie sip hypotheque prefecture_greffe_associations bureau_de_douane "
        "conciliateur_fiscal direccte_ut ddt dreal_ut paierie_departementale paierie_regionale "
        "centre_impots_fonciers ddcs ddpp ddcspp drddi bsn dml draf drac dreal prs sde ofii "
        "paris_ppp_antenne paris_ppp_certificat_immatriculation paris_ppp_permis_conduire "
        "driea_ut ars_antenne onac anah ademe commission_conciliation ars"
    ),
    BodyKind.AUTHORITY: (
        "autorite autorite-administrative-independante autorite-publique-independante"
    ),
    BodyKind.SCHOOL: "cio greta suio inspection_academique crous rectorat cnfpt afpa",
    BodyKind.POLICE: "gendarmerie commissariat_police cirgn",
    BodyKind.JUSTICE: (
        "mjd ti tgi prudhommes ta caa te cour_appel tribunal_commerce bav permanence_juridique"
    ),
    BodyKind.SOCIAL: (
        "cij clic mission_locale pmi pif msap accompagnement_personnes_agees maia caf cpam msa "
        "maison_handicapees agefiph apec apecita cidf crib adil credit_municipal"
    ),
    BodyKind.CHAMBER: "cci chambre_metier chambre_agriculture",
    BodyKind.OTHER: "cdg fdc fdapp",
}
KINDS: dict[str, BodyKind] = {tag: kind for kind, tags in _KINDS.items() for tag in tags.split()}

_BY_NAME: tuple[tuple[str, BodyKind], ...] = (
    ("mairie", BodyKind.COMMUNE),
    ("ville d", BodyKind.COMMUNE),
    ("communauté", BodyKind.EPCI),
    ("métropole", BodyKind.EPCI),
    ("agglomération", BodyKind.EPCI),
    ("région ", BodyKind.REGION),
    ("département d", BodyKind.DEPARTEMENT),
    ("collège", BodyKind.SCHOOL),
    ("lycée", BodyKind.SCHOOL),
    ("secrétariat d'état", BodyKind.MINISTERE),
    ("direction générale de la sécurité", BodyKind.MINISTERE),
    ("régie autonome des transports", BodyKind.TRANSPORT),
    ("commune d", BodyKind.COMMUNE),
    ("conseil départemental", BodyKind.DEPARTEMENT),
    ("conseil général", BodyKind.DEPARTEMENT),
    ("conseil régional", BodyKind.REGION),
    ("préfecture", BodyKind.PREFECTURE),
    ("ministère", BodyKind.MINISTERE),
    ("rectorat", BodyKind.SCHOOL),
    ("université", BodyKind.SCHOOL),
    ("ecole", BodyKind.SCHOOL),
    ("école", BodyKind.SCHOOL),
    ("centre hospitalier", BodyKind.HOSPITAL),
    ("hôpita", BodyKind.HOSPITAL),
    ("sncf", BodyKind.TRANSPORT),
    ("ratp", BodyKind.TRANSPORT),
    ("autorité", BodyKind.AUTHORITY),
    ("caisse", BodyKind.SOCIAL),
    ("chambre", BodyKind.CHAMBER),
    ("tribunal", BodyKind.JUSTICE),
)


def kind_of(tag: str, name: str = "") -> BodyKind | None:
    """Return the kind of a body by its tag, else by how its name begins, else None."""
    if found := KINDS.get(tag):
        return found
    lower = name.casefold().replace("’", "'")
    return next((kind for begin, kind in _BY_NAME if lower.startswith(begin)), None)
