"""Reports by plan in which units that were succeeded are counted in their successors."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("oversight", "0003_lists_of_a_province")]

    operations = [
        migrations.AddField("reportplan", "is_folded", models.BooleanField(default=False)),
    ]
