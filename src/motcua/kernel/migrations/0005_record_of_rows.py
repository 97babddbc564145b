"""The record: for every row of the tables that count before the law, one line per change, linked by digest and sealed daily.

Written by triggers, so that no way into a table goes past it, and as the owner, so that the role that serves can add to it only
by changing a row. `record_rows` makes a table part of it and is called by the migration of the package that owns the table;
`record_all` writes the first lines of rows that were there before or came in bulk. Neither table is known to Django: whoever
empties its tables (the tests do) leaves the record alone.
"""

from django.db import migrations

TABLES = """
CREATE TABLE kernel_recordkind (
  kind smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE,
  form smallint NOT NULL DEFAULT 1,
  columns text[] NOT NULL DEFAULT '{}',
  act text NOT NULL DEFAULT '',
  withheld text[] NOT NULL DEFAULT '{}'
);
CREATE TABLE kernel_record (
  kind smallint NOT NULL,
  key uuid NOT NULL,
  seq integer NOT NULL,
  form smallint NOT NULL,
  act integer,
  is_gone boolean NOT NULL DEFAULT false,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  seal integer,
  link bytea NOT NULL,
  PRIMARY KEY (kind, key, seq)
);
CREATE INDEX kernel_record_unsealed ON kernel_record (kind, key, seq) WHERE seal IS NULL;
INSERT INTO kernel_recordkind (name, withheld) VALUES
  ('kernel_record', '{INSERT,UPDATE,DELETE}'),
  ('kernel_recordkind', '{INSERT,UPDATE,DELETE}'),
  ('kernel_journalentry', '{UPDATE,DELETE}'),
  ('django_migrations', '{INSERT,UPDATE,DELETE}');
"""

MAKE = r"""
CREATE FUNCTION record_rows(named text, wanted text[], counter text, refused text[]) RETURNS void LANGUAGE plpgsql AS $make$
DECLARE
  shown text;
  number smallint;
  shape smallint;
BEGIN
  SELECT string_agg(
      format(CASE WHEN a.atttypid = 'timestamptz'::regtype THEN 'extract(epoch FROM r.%I)' ELSE 'r.%I' END, w.name),
      ', ' ORDER BY w.place)
    INTO STRICT shown
    FROM unnest(wanted) WITH ORDINALITY AS w (name, place)
    JOIN pg_attribute a ON a.attrelid = named::regclass AND a.attname = w.name;
  INSERT INTO kernel_recordkind AS known (name, columns, act, withheld) VALUES (named, wanted, counter, refused)
    ON CONFLICT (name) DO UPDATE SET form = known.form + 1, columns = wanted, act = counter, withheld = refused
    RETURNING kind, form INTO number, shape;
  EXECUTE format(
    'CREATE OR REPLACE FUNCTION %I(r %I) RETURNS bytea LANGUAGE sql STABLE AS '
    '$body$ SELECT sha256(convert_to(jsonb_build_array(%s)::text, ''UTF8'')) $body$',
    named || '_digest', named, shown);
  EXECUTE format($body$
    CREATE OR REPLACE FUNCTION %1$I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $trigger$
    DECLARE
      fresh bytea;
      last_seq integer;
      last_link bytea;
    BEGIN
      IF TG_OP = 'DELETE' THEN
        fresh := '';
      ELSE
        fresh := %2$I(NEW);
        IF TG_OP = 'UPDATE' THEN
          IF NEW.id <> OLD.id THEN
            RAISE EXCEPTION 'a row of %3$s keeps its id' USING ERRCODE = 'restrict_violation';
          END IF;
          IF fresh = %2$I(OLD) THEN
            RETURN NULL;
          END IF;
          %4$s
        END IF;
      END IF;
      SELECT seq, link INTO last_seq, last_link FROM kernel_record
        WHERE kind = %5$s AND key = CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END ORDER BY seq DESC LIMIT 1;
      INSERT INTO kernel_record (kind, key, seq, form, act, is_gone, link) VALUES (
        %5$s, CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END, coalesce(last_seq, 0) + 1, %6$s,
        %7$s, TG_OP = 'DELETE', sha256(coalesce(last_link, '') || fresh));
      RETURN NULL;
    END
    $trigger$
    $body$,
    named || '_record', named || '_digest', named,
    CASE WHEN counter = '' THEN '' ELSE format(
      'IF NEW.%1$I <> OLD.%1$I + 1 THEN '
      'RAISE EXCEPTION ''a row of %2$s changes only by an act'' USING ERRCODE = ''restrict_violation''; END IF;',
      counter, named) END,
    number, shape,
    CASE WHEN counter = '' THEN 'NULL' ELSE format('CASE TG_OP WHEN ''DELETE'' THEN OLD.%1$I ELSE NEW.%1$I END', counter) END);
  EXECUTE format('DROP TRIGGER IF EXISTS %I ON %I', named || '_record', named);
  EXECUTE format(
    'CREATE TRIGGER %1$I AFTER INSERT OR UPDATE OR DELETE ON %2$I FOR EACH ROW EXECUTE FUNCTION %1$I()',
    named || '_record', named);
  PERFORM record_all(named);
END
$make$;

CREATE FUNCTION record_all(named text) RETURNS void LANGUAGE plpgsql AS $make$
DECLARE
  known kernel_recordkind%ROWTYPE;
BEGIN
  SELECT * INTO STRICT known FROM kernel_recordkind WHERE name = named;
  EXECUTE format($body$
    INSERT INTO kernel_record (kind, key, seq, form, act, link)
    SELECT %1$s, r.id, coalesce(b.seq, 0) + 1, %2$s, %3$s, sha256(coalesce(b.link, '') || %4$I(r))
    FROM %5$I r
    LEFT JOIN LATERAL (
      SELECT seq, form, link FROM kernel_record k WHERE k.kind = %1$s AND k.key = r.id ORDER BY seq DESC LIMIT 1
    ) b ON true
    WHERE b.seq IS NULL OR b.form <> %2$s
    $body$, known.kind, known.form, CASE WHEN known.act = '' THEN 'NULL' ELSE format('r.%I', known.act) END,
    named || '_digest', named);
END
$make$;
REVOKE ALL ON FUNCTION record_rows(text, text[], text, text[]), record_all(text) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0004_letters_alike")]
    operations = [
        migrations.RunSQL(
            TABLES + MAKE,
            "DROP FUNCTION record_rows(text, text[], text, text[]); DROP FUNCTION record_all(text); "
            "DROP TABLE kernel_record; DROP TABLE kernel_recordkind",
        ),
    ]
