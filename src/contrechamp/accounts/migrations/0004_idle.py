from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_notices"),
    ]

    operations = [
        migrations.AddField(
            model_name="erasure",
            name="is_idle",
            field=models.BooleanField(default=False),
        ),
    ]
