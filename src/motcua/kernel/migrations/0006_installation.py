"""Which installation the database belongs to: one row, written at the first start (`cli.running.identity`)."""

from django.db import migrations

TABLE = """
CREATE TABLE kernel_installation (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  id uuid NOT NULL,
  qr_mark text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO kernel_recordkind (name, withheld) VALUES ('kernel_installation', '{INSERT,UPDATE,DELETE}');
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0005_record_of_rows")]
    operations = [
        migrations.RunSQL(
            TABLE,
            "DROP TABLE kernel_installation; DELETE FROM kernel_recordkind WHERE name = 'kernel_installation'",
        )
    ]
