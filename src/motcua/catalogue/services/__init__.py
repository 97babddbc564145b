"""Door for writing the catalogue. One function, one use case, one transaction."""

from motcua.catalogue.services.drafting import read_version_text, version_text
from motcua.catalogue.services.everyday import (
    add_everyday_word,
    end_everyday_word,
    load_everyday_words,
)
from motcua.catalogue.services.importing import ImportOutcome, import_catalogue
from motcua.catalogue.services.procedures import tag_procedure
from motcua.catalogue.services.versions import (
    create_draft_version,
    publish_version,
    replace_draft,
    withdraw_version,
)

__all__ = [
    "ImportOutcome",
    "add_everyday_word",
    "create_draft_version",
    "end_everyday_word",
    "import_catalogue",
    "load_everyday_words",
    "publish_version",
    "read_version_text",
    "replace_draft",
    "tag_procedure",
    "version_text",
    "withdraw_version",
]
