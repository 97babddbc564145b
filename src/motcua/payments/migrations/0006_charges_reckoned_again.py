"""A line of the trail says that a charge was reckoned again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0005_record_of_electronic_receipts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="chargeentry",
            name="act",
            field=models.TextField(
                choices=[
                    ("raised", "raised"),
                    ("reckoned", "reckoned"),
                    ("added", "added"),
                    ("corrected", "corrected"),
                    ("cancelled", "cancelled"),
                    ("waived", "waived"),
                    ("paid", "paid"),
                    ("refund_asked", "refund_asked"),
                    ("refunded", "refunded"),
                    ("refund_declined", "refund_declined"),
                ]
            ),
        ),
    ]
