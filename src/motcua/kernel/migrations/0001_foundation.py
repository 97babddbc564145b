"""Extensions, text folding in the database, and the journal."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations, models
from django.db.models import F, Func, Q


class XactId(models.Field):  # type: ignore[type-arg]  # arguments exist in the stubs only
    """PostgreSQL `xid8`; gone with 0002, kept here because this step made it."""

    def db_type(self, connection: object) -> str:
        return "xid8"


class CurrentXact(Func):
    function = "pg_current_xact_id"
    template = "%(function)s()"


# The twin of kernel.text.fold: a test compares them on every Vietnamese letter.
FOLD = r"""
CREATE FUNCTION fold(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT trim(regexp_replace(
    replace(lower(regexp_replace(normalize($1, NFD), '[\u0300-\u036f]', '', 'g') COLLATE "und-x-icu"), 'đ', 'd'),
    '\s+', ' ', 'g'))
$$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(FOLD, "DROP FUNCTION fold(text)"),
        migrations.CreateModel(
            name="JournalEntry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("xact", XactId(db_default=CurrentXact(), editable=False)),
                ("name", models.TextField()),
                ("payload", models.JSONField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(F("xact"), F("id"), name="journal_order")],
                "constraints": [models.CheckConstraint(condition=~Q(name=""), name="journal_name_given")],
            },
        ),
        migrations.CreateModel(
            name="Hearing",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("entry_id", models.BigIntegerField()),
                ("listener", models.TextField()),
                ("heard_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["entry_id", "listener"], name="hearing_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="StreamCursor",
            fields=[
                ("consumer", models.TextField(primary_key=True, serialize=False)),
                ("xact", models.TextField(default="0")),
                ("entry_id", models.BigIntegerField(default=0)),
                ("moved_at", models.DateTimeField(null=True)),
            ],
        ),
    ]
