"""The order of time of facts, in columns: what is public already is given its own."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.db.models import Case, DateField, F, Q, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce

DATES = (
    *("announced_on", "reported_on", "decided_on", "started_on"),
    *("ended_on", "authorised_until", "published_on", "signed_on"),
    *("notified_on", "founded_on", "dissolved_on"),
)
"""Properties whose value was a date when this was written."""


def fill(apps: Any, schema_editor: Any) -> None:
    """Write of each dated fact what `services.projection` writes since."""
    model = apps.get_model("census", "PublishedFact")
    dated = Q(earliest__isnull=False) | Q(latest__isnull=False)
    model.objects.filter(dated | Q(data__from__has_key="latest")).update(
        day=Coalesce("earliest", "latest"),
        begun=Case(
            When(property__in=DATES, then=F("latest")),
            default=Cast(KT("data__from__latest"), DateField()),
        ),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("census", "0002_derived"),
    ]

    operations = [
        migrations.AddField(
            model_name="publishedfact",
            name="begun",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="publishedfact",
            name="day",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="publishedchange", name="census_news"),
        migrations.AddIndex(
            model_name="publishedchange",
            index=models.Index(
                fields=["at", "entity", "claim", "what"], name="census_news_in_time"
            ),
        ),
        migrations.AddIndex(
            model_name="publishedfact",
            index=models.Index(
                fields=[
                    *("day", "claim", "earliest", "begun", "latest"),
                    *("property", "status", "subject", "target"),
                ],
                name="census_fact_in_time",
            ),
        ),
    ]
