"""Telling every process that what a search looks at has changed."""

from motcua.catalogue.models import FindingRevision
from motcua.kernel.ids import new_id


def searched_text_changed() -> None:
    """Part of the transaction that changes titles, tags or everyday words."""
    FindingRevision.objects.bulk_create(
        [FindingRevision(id=1, token=new_id())],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["token"],
    )
