"""The codes of the common procurement vocabulary that say something here (regulation 213/2008)."""

from __future__ import annotations

STRONG_CPV = {
    "32323500": "video_protection",
    "35125300": "video_protection",
    "35125110": "biometric_access",
}
"""Codes of cameras and the like: enough by themselves when the object is neutral."""
WEAK_CPV = frozenset(
    (
        *("32323000", "32323300", "35100000", "35120000", "35121000", "35125000", "45222300"),
        *("45233292", "45312200", "48821000", "50343000", "50324100", "50610000", "71621000"),
        *("79711000", "79714000"),
    )
)
"""Codes of their neighbourhood, which hold alarms, guards and fire as often."""
LABELS = {
    "32323000": "Moniteurs vidéo",
    "32323300": "Matériel vidéo",
    "32323500": "Système de surveillance vidéo",
    "34970000": "Équipement de surveillance de la circulation",
    "34971000": "Caméras de contrôle de la vitesse",
    "35100000": "Équipement de secours et de sécurité",
    "35120000": "Systèmes et appareils de surveillance et de sécurité",
    "35121000": "Équipement de sécurité",
    "35121700": "Systèmes d'alarme",
    "35123500": "Systèmes vidéo d'identification",
    "35125000": "Système de surveillance",
    "35125110": "Capteurs biométriques",
    "35125300": "Caméras de sécurité",
    "45222300": "Travaux d'ingénierie pour installations de sécurité",
    "45312200": "Travaux d'installation de systèmes avertisseurs d'effraction",
    "45314000": "Installation de matériel de télécommunications",
    "48821000": "Serveurs de réseau",
    "50324100": "Services de maintenance de systèmes",
    "50343000": "Services de réparation et d'entretien de matériel vidéo",
    "50610000": "Services de réparation et d'entretien d'équipements de sécurité",
    "71621000": "Services d'analyse ou de conseil techniques",
    "79711000": "Services de surveillance d'installations d'alarme",
    "79714000": "Services de surveillance",
    "45233292": "Installation d'équipements de sécurité",
}
"""French labels, written by hand for the codes that matter."""
