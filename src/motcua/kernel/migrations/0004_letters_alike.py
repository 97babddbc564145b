"""The database folds letters and signs that look alike as the program does."""

from django.db import migrations

# The twin of kernel.text.fold. The second and third texts of translate() pair off letter by letter.
FOLD = r"""
CREATE OR REPLACE FUNCTION fold(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT trim(regexp_replace(
    translate(lower(regexp_replace(normalize($1, NFD), '[\u0300-\u036f]', '', 'g') COLLATE "und-x-icu"),
      U&'\0111\00f0\0256\2018\2019\201b\02bb\02bc\02b9\2032\0060\00b4\ff07\2010\2011\2012\2013\2014\2015\2212\fe63\ff0d',
      'ddd''''''''''''''''''''---------'),
    '\s+', ' ', 'g'))
$$;
"""
FORMER = r"""
CREATE OR REPLACE FUNCTION fold(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT trim(regexp_replace(
    replace(lower(regexp_replace(normalize($1, NFD), '[\u0300-\u036f]', '', 'g') COLLATE "und-x-icu"), 'đ', 'd'),
    '\s+', ' ', 'g'))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_outbox")]
    operations = [migrations.RunSQL(FOLD, FORMER)]
