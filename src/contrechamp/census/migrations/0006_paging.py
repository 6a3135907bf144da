"""Orders in which programs read all that is public, part by part."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("census", "0005_other_ends"),)

    operations = (
        migrations.AddIndex(
            "publishedfact", models.Index(fields=["property", "claim"], name="census_fact_of_sort")
        ),
        migrations.AddIndex(
            "publishedfact", models.Index(fields=["status", "claim"], name="census_fact_of_status")
        ),
        migrations.AddIndex(
            "publishedfact", models.Index(fields=["at", "claim"], name="census_fact_news")
        ),
        migrations.AddIndex(
            "published", models.Index(fields=["at", "entity"], name="census_public_news")
        ),
    )
