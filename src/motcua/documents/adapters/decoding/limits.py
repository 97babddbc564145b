"""What a decoding process may do and use."""

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

T = TypeVar("T")
_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` of the processor, and `patience` times as many by the clock on the wall: a busy machine is no long file.

    `memory` and `written` (of any one file) in bytes,
    `memory` on top of what the warm parent has; `answer` is the largest answer in bytes.

    Only who `may_run_programs` starts others (an office converter), only who `may_ask_network` opens sockets. A call of a
    `stranger` counts against the smaller share, so that the public page never takes the desks' places.
    """

    seconds: float = 2.0
    patience: float = 1.0
    memory: int = 1024 * _MIB
    written: int = 256 * _MIB
    open_files: int = 64
    answer: int = 8 * _MIB
    may_run_programs: bool = False
    may_ask_network: bool = False
    is_stranger: bool = False

    @property
    def wall_seconds(self) -> float:
        return self.seconds * self.patience

    def for_size(self, size: int, *, bytes_per_second: int = 64 * _MIB) -> "Limits":
        """More time for a large file, at the rate an honest one needs."""
        return replace(self, seconds=self.seconds + size / bytes_per_second)


@dataclass(frozen=True, slots=True)
class Task(Generic[T]):
    """A function `package.module:name`, the type of its answer, and what it may use."""

    function: str
    answer: type[T]
    limits: Limits
