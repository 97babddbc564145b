"""Door for writing the catalogue. One function, one use case, one transaction."""

from motcua.catalogue.services.demo import PackLoaded, load_demo_pack
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
    "PackLoaded",
    "create_draft_version",
    "import_catalogue",
    "load_demo_pack",
    "publish_version",
    "replace_draft",
    "tag_procedure",
    "withdraw_version",
]
