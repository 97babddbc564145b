"""Of some people only the year of birth is known, some show a passport, and some were written down twice."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_letters_alike")]
    operations = [
        # A day written as ISO 8601 writes it is what is kept of a whole one: no value changes.
        migrations.RenameField(model_name="persondetail", old_name="birth_on", new_name="born"),
        migrations.AlterField(model_name="persondetail", name="born", field=models.TextField(null=True)),
        migrations.AddField(
            model_name="party",
            name="merged_into",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="directory.party",
            ),
        ),
        migrations.AddField(
            model_name="persondetail", name="passport_country", field=models.TextField(null=True)
        ),
        migrations.AddField(
            model_name="persondetail", name="passport_number", field=models.TextField(null=True)
        ),
        migrations.AddConstraint(
            model_name="persondetail",
            constraint=models.CheckConstraint(
                condition=Q(born=None) | Q(born__regex=r"^\d{4}(-\d{2}(-\d{2})?)?$"), name="person_born_shape"
            ),
        ),
        migrations.AddConstraint(
            model_name="persondetail",
            constraint=models.CheckConstraint(
                condition=Q(passport_number=None, passport_country=None)
                | Q(passport_number__regex=r"^[A-Z0-9]{5,20}$", passport_country__regex=r"^[A-Z]{2}$"),
                name="person_passport_shape",
            ),
        ),
        migrations.AddConstraint(
            model_name="persondetail",
            constraint=models.UniqueConstraint(
                fields=["passport_country", "passport_number"],
                condition=Q(passport_number__isnull=False),
                name="person_passport_once",
            ),
        ),
    ]
