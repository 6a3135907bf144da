"""The gazetteer: reference data, loaded whole and never edited by hand."""

from __future__ import annotations

from functools import cache

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


@cache
def _folder(kind: str) -> str:
    """Return what the addresses of one kind begin with: a list of communes asks it 900 times."""
    door = "commune" if kind == "arrondissement" else kind
    return reverse(f"web:{door}", args=["-"]).removesuffix("-")


class Territory(models.Model):
    """A commune, arrondissement, EPCI, département, region or country of the gazetteer.

    Reference data, loaded whole from `places/data` by `contrechamp init`; not edited by hand.
    The key is `kind:code`: `commune:06088`, `arrondissement:75113`, `epci:200030195`,
    `departement:06`, `region:93`, `country:FR`. A commune that has become part of another keeps
    its row and its key, with the key of the other as `successor`.
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
    region = models.CharField(max_length=3, blank=True, db_index=True)
    epci = models.CharField(max_length=9, blank=True, db_index=True)
    parent = models.CharField(max_length=30, blank=True, db_index=True)
    """Of an arrondissement of Paris, Lyon or Marseille: the key of the commune."""
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    successor = models.CharField(max_length=30, blank=True, db_index=True)
    """Key of the commune that this one became part of, when it is no longer one."""
    former_codes = models.CharField(max_length=400, blank=True)
    """INSEE codes that led here in the past, with a space around each: ` 75066 93059 `."""

    class Meta:
        indexes = (
            models.Index(fields=["kind", "code"]),
            models.Index(fields=["kind", "population"]),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the page of this territory."""
        return reverse("atlas:map") if self.kind == "country" else _folder(self.kind) + self.slug


class PostalCode(models.Model):
    """One postal code and one commune or arrondissement that it serves: for the search box."""

    code = models.CharField(max_length=5, db_index=True)
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.code} {self.territory_id}"


class Edition(models.Model):
    """Which gazetteer the tables hold, by the hash of its file."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256[:12]
