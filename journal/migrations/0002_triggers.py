"""Makes audit events and seals append-only. A later migration that alters them must end by calling create."""

from django.db import migrations

from journal import triggers


def lay(apps, schema_editor):
    triggers.create(schema_editor.connection)


def lift(apps, schema_editor):
    triggers.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(lay, lift)]
