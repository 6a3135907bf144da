"""The other end of a fact in the indexes of its ends: to count different ones reads them alone."""

from __future__ import annotations

from django.db import migrations, models

FROM, TO = "census_fact_from", "census_fact_to"


class Migration(migrations.Migration):
    dependencies = (("census", "0004_edition"),)

    operations = (
        migrations.RemoveIndex("publishedfact", FROM),
        migrations.RemoveIndex("publishedfact", TO),
        migrations.AddIndex(
            "publishedfact",
            models.Index(fields=["subject", "property", "earliest", "claim", "target"], name=FROM),
        ),
        migrations.AddIndex(
            "publishedfact",
            models.Index(fields=["target", "property", "earliest", "claim", "subject"], name=TO),
        ),
    )
