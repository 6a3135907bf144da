from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Territory(models.Model):
    """A commune, arrondissement, EPCI, département, region or country of the gazetteer.

    Reference data, loaded whole from `places/data` by `contrechamp init`; not edited by hand.
    The key is `kind:code`: `commune:06088`, `epci:200030195`, `departement:06`, `region:93`,
    `country:FR`.
    """

    class Kind(models.TextChoices):
        COMMUNE = "commune", _("commune")
        ARRONDISSEMENT = "arrondissement", _("arrondissement")
        EPCI = "epci", _("intercommunalité")
        DEPARTEMENT = "departement", _("département")
        REGION = "region", _("région")
        COUNTRY = "country", _("pays")

    key = models.CharField(primary_key=True, max_length=30)
    kind = models.CharField(max_length=20, choices=Kind)
    code = models.CharField(max_length=12)
    """INSEE code of a commune, département or region; SIREN of an EPCI; FR."""
    name = models.CharField(max_length=120)
    slug = models.CharField(max_length=140)
    """For addresses: `06088-nice`, `83-var`."""
    folded = models.CharField(max_length=120, db_index=True)
    """The name by `kernel.names.fold`: letters and digits only, no accents, lower case."""
    siren = models.CharField(max_length=9, blank=True, db_index=True)
    postal_codes = models.JSONField(default=list)
    population = models.PositiveIntegerField(null=True)
    departement = models.CharField(max_length=3, blank=True, db_index=True)
    region = models.CharField(max_length=2, blank=True, db_index=True)
    epci = models.CharField(max_length=9, blank=True, db_index=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    successor = models.CharField(max_length=30, blank=True)
    """Key of the commune that this one became part of, when it is no longer one."""

    class Meta:
        indexes = (models.Index(fields=["kind", "code"]),)

    def __str__(self) -> str:
        return self.name
