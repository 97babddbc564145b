"""Seals over the record: lines get the number of their seal, a seal is a document, a time stamp may follow."""

from django.db import migrations

SEALS = """
CREATE TABLE kernel_seal (
  number integer PRIMARY KEY,
  document text NOT NULL
);
CREATE TABLE kernel_sealstamp (
  number integer PRIMARY KEY REFERENCES kernel_seal,
  token bytea NOT NULL
);
INSERT INTO kernel_recordkind (name, withheld) VALUES
  ('kernel_seal', '{UPDATE,DELETE}'), ('kernel_sealstamp', '{UPDATE,DELETE}');

-- The one way for the role that serves to touch the record: lines without a seal get the next one.
CREATE FUNCTION seal_lines() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  upcoming integer;
BEGIN
  PERFORM pg_advisory_xact_lock(1802006892);
  SELECT coalesce(max(number), 0) + 1 INTO upcoming FROM kernel_seal;
  UPDATE kernel_record SET seal = upcoming WHERE seal IS NULL;
  RETURN upcoming;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0006_installation")]
    operations = [
        migrations.RunSQL(
            SEALS,
            "DROP FUNCTION seal_lines(); DROP TABLE kernel_sealstamp; DROP TABLE kernel_seal; "
            "DELETE FROM kernel_recordkind WHERE name IN ('kernel_seal', 'kernel_sealstamp')",
        )
    ]
