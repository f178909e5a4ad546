from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0009_holding_talk_and_opinions")]

    operations = [
        migrations.AlterField(
            model_name="dossier",
            name="certificate",
            field=models.CharField(
                blank=True,
                choices=[
                    ("irc", "Giấy chứng nhận đăng ký đầu tư"),
                    ("erc", "Giấy chứng nhận đăng ký doanh nghiệp"),
                    ("none", "Không có, xin nêu lý do"),
                ],
                default="",
                max_length=4,
            ),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="caterer",
            field=models.CharField(
                blank=True,
                choices=[
                    ("external", "Đơn vị bên ngoài cung cấp suất ăn"),
                    ("in_house", "Bếp của cơ sở, không có đơn vị bên ngoài"),
                ],
                default="",
                max_length=8,
            ),
        ),
    ]
