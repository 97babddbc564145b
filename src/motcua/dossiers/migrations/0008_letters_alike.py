"""The searchable text of dossiers kept before look-alike letters were folded alike."""

from django.db import migrations

_ALIKE = (
    r"[\u00f0\u0256\u2010-\u2015\u2018\u2019\u201b\u2032\u2212\u02b9\u02bb\u02bc`\u00b4\ufe63\uff07\uff0d]"
)


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0007_flat_counts"), ("kernel", "0004_letters_alike")]
    operations = [
        migrations.RunSQL(
            f"UPDATE dossiers_dossier SET search_text = fold(search_text) WHERE search_text ~ '{_ALIKE}'",  # noqa: S608 - of our own
            migrations.RunSQL.noop,
        )
    ]
