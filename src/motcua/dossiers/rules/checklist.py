"""What a person has to bring, against what has been brought."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol


class ComponentLike(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def is_required(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Brought:
    """One line of the checklist as filled in: counts by form, and why a paper need not be there.

    `is_promised`: nobody has seen it yet, but the person says so; enough to send an application, not to receive it.
    """

    component_key: str
    originals: int = 0
    copies: int = 0
    electronic: int = 0
    is_presented: bool = False
    exemption: str = ""
    is_promised: bool = False
    photocopies: int = 0

    @property
    def is_there(self) -> bool:
        counted = self.originals or self.copies or self.photocopies or self.electronic
        return bool(counted or self.is_presented or self.exemption or self.is_promised)


def missing_papers(components: Sequence[ComponentLike], brought: Iterable[Brought]) -> list[str]:
    """Names of required components nobody brought, presented or was exempted from."""
    collected: dict[str, bool] = {}
    for line in brought:
        collected[line.component_key] = collected.get(line.component_key, False) or line.is_there
    return [c.name for c in components if c.is_required and not collected.get(c.key, False)]
