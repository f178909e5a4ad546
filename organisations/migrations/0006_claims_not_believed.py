import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0005_cover_while_away"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="enterprise",
            name="disputed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="enterprise",
            name="disputed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="enterprise",
            name="dispute_reason",
            field=models.CharField(blank=True, default="", max_length=500),
        ),
    ]
