"""Decoding what strangers send, each piece in a process of its own that can be ended.

    SNIFF = Task("motcua.documents.adapters.sniffing.sniffer:sniff", Sniffed, Limits(seconds=2.0))
    answer = decode(SNIFF, stream, filename="a.pdf")

A `Task` names a function, the type of its answer and its `Limits`. The function gets the streams
as binary files and the keywords as they are (plain JSON values), in a process forked from a warm parent for this call
alone; its answer comes back as JSON and is checked against the type (never unpickled). What it refuses with a
`DomainError` is raised here. Besides: `DecodingRefused` (time, memory or a crash), `DecodersBusy` (too many at once).
"""

from motcua.documents.adapters.decoding.limits import Limits
from motcua.documents.adapters.decoding.pool import Task, decode, warm_up

__all__ = ["Limits", "Task", "decode", "warm_up"]
