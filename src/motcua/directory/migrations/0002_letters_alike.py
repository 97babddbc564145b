"""Names kept before the database folded look-alike letters are folded anew: writing a row makes its generated column."""

from django.db import migrations

_ALIKE = r"[\u00d0\u00f0\u0189\u0256\u2010-\u2015\u2018\u2019\u201b\u2032\u2212\u02b9\u02bb\u02bc`\u00b4\ufe63\uff07\uff0d]"


def _anew(table: str, column: str) -> str:
    return f"UPDATE {table} SET {column} = {column} WHERE {column} ~ '{_ALIKE}'"  # noqa: S608 - names of our own


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_directory_tables"), ("kernel", "0004_letters_alike")]
    operations = [
        migrations.RunSQL(_anew("directory_party", "full_name"), migrations.RunSQL.noop),
        migrations.RunSQL(_anew("directory_agency", "name"), migrations.RunSQL.noop),
        migrations.RunSQL(_anew("directory_territory", "full_name"), migrations.RunSQL.noop),
    ]
