from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("watch", "0001_watch")]

    operations = [
        migrations.AddField(
            model_name="alert",
            name="address",
            field=models.EmailField(blank=True, default="", max_length=254),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="alert",
            name="confirmed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
