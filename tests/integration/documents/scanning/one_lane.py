"""A lane in a process of its own, to be killed: `python -m tests.integration.documents.scanning.one_lane BATCH`."""

import sys
from datetime import timedelta
from uuid import UUID

import django


def main(batch_id: UUID) -> None:
    """Read pages until none is left. The models can be imported only once Django is ready."""
    django.setup()
    from motcua.documents import services
    from motcua.kernel.authority import SYSTEM

    while services.read_pages(actor=SYSTEM, batch_id=batch_id, most=20, lease=timedelta(seconds=1.5)):
        pass


# The engine's own processes import this module again; they must not begin another lane.
if __name__ == "__main__":
    main(UUID(sys.argv[1]))
