from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0014_a_sheet_from_its_letter")]

    operations = [
        migrations.AddField(
            model_name="counterfiling",
            name="paper_number",
            field=models.CharField(blank=True, default="", max_length=60),
        ),
        migrations.AddField(
            model_name="counterfiling",
            name="received_on",
            field=models.DateField(blank=True, null=True),
        ),
    ]
