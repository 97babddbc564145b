"""Words of the public board: texts of rules in the language of the reader."""

from motcua.oversight.queries import excluded_of, formula_of, in_english, period_name, terms_of, title_of

__all__ = ["excluded_of", "formula_of", "in_english", "period_name", "terms_of", "title_of"]
