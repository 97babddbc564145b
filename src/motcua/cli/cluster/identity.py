"""What a cluster remembers of itself: port, passwords, place of its data. A file only its owner can read."""

import json
import os
import secrets
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from motcua.cli.cluster.errors import ClusterError


@dataclass(frozen=True, slots=True)
class Identity:
    """The remembered facts of one cluster.

    `storage` is `.` where the data stand in the cluster's own folder, so that a copy of the folder names itself. `prepared`
    says which roles and databases were made (`cluster.PREPARED`); `is_prepared` is how older versions said it.
    """

    storage: str
    port: int
    is_prepared: bool = False
    prepared: int = 0
    is_kept: bool = False
    password: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    admin_password: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    serving_password: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    def save(self, path: Path, **changes: object) -> "Identity":
        """Write the facts with the changes, all or nothing, and give them back."""
        changed: Identity = replace(self, **changes)  # type: ignore[arg-type]  # names are checked by replace itself
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(asdict(changed), file, indent=1)
        draft.replace(path)
        return changed


def load(path: Path) -> Identity | None:
    """The remembered facts; None when the cluster was never made."""
    try:
        return Identity(**json.loads(path.read_text()))
    except FileNotFoundError:
        return None
    except PermissionError as refused:
        raise ClusterError(f"{path} belongs to another user of this machine.") from refused
    except (ValueError, TypeError) as damaged:
        raise ClusterError(f"{path} is damaged: {damaged}. Restore it, or remove {path.parent}.") from damaged
