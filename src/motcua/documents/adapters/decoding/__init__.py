"""Decoding what strangers send, each piece in a process of its own that can be ended.

    SNIFF = Task("motcua.documents.adapters.sniffing.sniffer:sniff", Sniffed, Limits(seconds=2.0))
    answer = decode(SNIFF, stream, filename="a.pdf")

A `Task` names a function, the type of its answer and its `Limits`. The function gets the streams
as binary files and the keywords as they are (plain JSON values), in a process forked from a warm parent for this call
alone; its answer comes back as JSON and is checked against the type (never unpickled). What it refuses with a
`DomainError` is raised here. Besides: `DecodingRefused` (time, memory or a crash), `DecodersBusy` (too many at once).
"""

from typing import IO, TypeVar

from motcua.documents.adapters.decoding.limits import Limits, Task

__all__ = ["Limits", "Task", "decode", "warm_up"]
T = TypeVar("T")


def decode(task: Task[T], *streams: IO[bytes] | bytes, **arguments: object) -> T:
    """Do the task in a process of its own. Raises what the task refuses, `DecodersBusy`, `DecodingRefused`."""
    # What asks the warm parent loads where somebody asks: workers that read pages only need how to confine themselves.
    from motcua.documents.adapters.decoding import pool

    return pool.decode(task, *streams, **arguments)


def warm_up() -> None:
    """Start the warm parent now, so that nobody waits for it."""
    from motcua.documents.adapters.decoding import pool

    pool.warm_up()
