from django.db import migrations, models
from django.db.models import F


def end_repeats(apps, schema_editor):
    """A paper registered more than once keeps its first row; the others end as they began."""
    rows = apps.get_model("organisations", "Authorisation").objects.filter(ended_at__isnull=True)
    seen, repeats = set(), []
    for pk, *paper in rows.order_by("registered_at", "pk").values_list("pk", "holder", "agency", "number"):
        if tuple(paper) in seen:
            repeats.append(pk)
        seen.add(tuple(paper))
    # No key of another table is written: PostgreSQL makes no index while checks of such keys wait.
    rows.filter(pk__in=repeats).update(ended_at=F("registered_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0006_claims_not_believed"),
    ]

    operations = [
        migrations.RunPython(end_repeats, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="authorisation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("holder", "agency", "number"),
                name="one_authorisation_a_paper",
            ),
        ),
    ]
