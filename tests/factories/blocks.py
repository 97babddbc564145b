"""Blocks of the test suite's own: what runs in them may call the outside world as if nothing were open."""

from contextlib import AbstractContextManager

from django.db import transaction


def rolled_back() -> AbstractContextManager[None]:
    """A transaction around one try among many, marked as Django marks those around its test cases."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # the mark has no public name
    return block
