"""Making every process forget what it remembers of agencies and calendars."""

from motcua.directory.models import DirectoryRevision
from motcua.directory.queries.memory import forget
from motcua.kernel.ids import new_id


def directory_changed() -> None:
    """Stamp a new revision; part of the changing transaction."""
    DirectoryRevision.objects.update_or_create(pk=1, defaults={"stamp": new_id()})
    forget()
