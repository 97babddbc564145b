"""The same lines for less: a row is put into words once, inside the trigger, and nothing is planned anew in each transaction.

The digest was a function of SQL, which PostgreSQL parses and plans again in every transaction, called for the row as it was and as it
is, and the search path was set anew for each line. Now the trigger says the columns itself, only a row whose act did not change is also
said as it was, and every name carries its schema. Lines without a seal are found by an index that grows at its end only. The form of
the lines is the same: lines written before stay true.
"""

from django.db import migrations

MAKE = r"""
CREATE OR REPLACE FUNCTION record_rows(named text, wanted text[], counter text, refused text[]) RETURNS void
LANGUAGE plpgsql AS $make$
BEGIN
  INSERT INTO kernel_recordkind AS known (name, columns, act, withheld) VALUES (named, wanted, counter, refused)
    ON CONFLICT (name) DO UPDATE SET form = known.form + 1, columns = wanted, act = counter, withheld = refused;
  PERFORM record_trigger(named);
  PERFORM record_all(named);
END
$make$;

CREATE FUNCTION record_trigger(named text) RETURNS void LANGUAGE plpgsql AS $make$
DECLARE
  known kernel_recordkind%ROWTYPE;
  said text;
  body text;
BEGIN
  SELECT * INTO STRICT known FROM kernel_recordkind WHERE name = named;
  SELECT string_agg(
      format(CASE a.atttypid
          WHEN 'timestamptz'::regtype THEN 'extract(epoch FROM {row}.%1$I)'
          WHEN 'daterange'::regtype THEN 'pg_catalog.lower({row}.%1$I), pg_catalog.upper({row}.%1$I)'
          ELSE '{row}.%1$I' END, w.name),
      ', ' ORDER BY w.place)
    INTO STRICT said
    FROM unnest(known.columns) WITH ORDINALITY AS w (name, place)
    JOIN pg_attribute a ON a.attrelid = named::regclass AND a.attname = w.name;
  said := format('CAST(pg_catalog.jsonb_build_array(%s) AS pg_catalog.text)', said);
  EXECUTE format(
    'CREATE OR REPLACE FUNCTION %I(r %I) RETURNS bytea LANGUAGE sql STABLE AS '
    '$body$ SELECT sha256(convert_to(%s, ''UTF8'')) $body$',
    named || '_digest', named, replace(said, '{row}', 'r'));
  body := $body$
    DECLARE
      fresh pg_catalog.text;
      last_seq pg_catalog.int4;
      last_link pg_catalog.bytea;
    BEGIN
      IF TG_OP OPERATOR(pg_catalog.=) 'DELETE' THEN
        SELECT seq, link INTO last_seq, last_link FROM {lines}
          WHERE kind OPERATOR(pg_catalog.=) {kind} AND key OPERATOR(pg_catalog.=) OLD.id ORDER BY seq DESC LIMIT 1;
        INSERT INTO {lines} (kind, key, seq, form, act, is_gone, link)
          VALUES ({kind}, OLD.id, coalesce(last_seq, 0) OPERATOR(pg_catalog.+) 1, {form}, {old_act}, true,
            pg_catalog.sha256(coalesce(last_link, '')));
        RETURN NULL;
      END IF;
      fresh := {new_said};
      IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' THEN
        IF NEW.id OPERATOR(pg_catalog.<>) OLD.id THEN
          RAISE EXCEPTION 'a row of {table} keeps its id' USING ERRCODE = 'restrict_violation';
        END IF;
        {unless_changed}
      END IF;
      SELECT seq, link INTO last_seq, last_link FROM {lines}
        WHERE kind OPERATOR(pg_catalog.=) {kind} AND key OPERATOR(pg_catalog.=) NEW.id ORDER BY seq DESC LIMIT 1;
      INSERT INTO {lines} (kind, key, seq, form, act, link)
        VALUES ({kind}, NEW.id, coalesce(last_seq, 0) OPERATOR(pg_catalog.+) 1, {form}, {new_act},
          pg_catalog.sha256(coalesce(last_link, '') OPERATOR(pg_catalog.||)
            pg_catalog.sha256(pg_catalog.convert_to(fresh, 'UTF8'))));
      RETURN NULL;
    END
    $body$;
  body := replace(body, '{unless_changed}', CASE WHEN known.act = '' THEN
    'IF fresh OPERATOR(pg_catalog.=) {old_said} THEN RETURN NULL; END IF;'
  ELSE
    'IF {new_act} OPERATOR(pg_catalog.<>) ({old_act} OPERATOR(pg_catalog.+) 1) THEN
          IF fresh OPERATOR(pg_catalog.=) {old_said} THEN RETURN NULL; END IF;
          RAISE EXCEPTION ''a row of {table} changes only by an act'' USING ERRCODE = ''restrict_violation'';
        END IF;'
  END);
  body := replace(body, '{old_said}', replace(said, '{row}', 'OLD'));
  body := replace(body, '{new_said}', replace(said, '{row}', 'NEW'));
  body := replace(body, '{old_act}', CASE WHEN known.act = '' THEN 'NULL' ELSE format('OLD.%I', known.act) END);
  body := replace(body, '{new_act}', CASE WHEN known.act = '' THEN 'NULL' ELSE format('NEW.%I', known.act) END);
  body := replace(body, '{lines}', format('%I.kernel_record', current_schema()));
  body := replace(body, '{table}', named);
  body := replace(body, '{kind}', known.kind::text);
  body := replace(body, '{form}', known.form::text);
  EXECUTE format(
    'CREATE OR REPLACE FUNCTION %I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS %L', named || '_record', body);
  EXECUTE format('ALTER FUNCTION %I() RESET ALL', named || '_record');
  EXECUTE format('DROP TRIGGER IF EXISTS %I ON %I', named || '_record', named);
  EXECUTE format(
    'CREATE TRIGGER %1$I AFTER INSERT OR UPDATE OR DELETE ON %2$I FOR EACH ROW EXECUTE FUNCTION %1$I()',
    named || '_record', named);
END
$make$;
REVOKE ALL ON FUNCTION record_trigger(text) FROM PUBLIC;

DROP INDEX kernel_record_unsealed;
CREATE INDEX kernel_record_unsealed ON kernel_record (at) WHERE seal IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0008_throttle")]
    operations = [
        migrations.RunSQL(MAKE, migrations.RunSQL.noop),
        migrations.RunSQL(
            "SELECT record_trigger(name) FROM kernel_recordkind WHERE columns <> '{}'", migrations.RunSQL.noop
        ),
    ]
