"""How far a procedure may be said to be done online."""

from __future__ import annotations

from collections.abc import Iterator

from motcua.catalogue.rules.codec import VersionContent
from motcua.catalogue.rules.forms.generic import is_generic
from motcua.catalogue.words import OnlineLevel


def level_faults(content: VersionContent) -> Iterator[str]:
    """Why the online level of a content is not so, in words; nothing where it is.

    Whole means with an e-form of the procedure's own; in part is said with its reason (Decree 224/2026 art 14).
    """
    if content.level is OnlineLevel.FULL:
        if content.form is None:
            yield "toàn trình mà chưa có tờ khai điện tử"
        elif is_generic(content.form):
            yield "toàn trình mà mới có tờ khai chung, chưa có tờ khai riêng"
    reason = content.partial_reason
    if content.level is OnlineLevel.PARTIAL:
        if reason is None or not reason.text.strip():
            yield "một phần mà chưa nêu lý do (Nghị định 224/2026/NĐ-CP, Điều 14)"
    elif reason is not None:
        yield "có lý do của dịch vụ một phần mà không phải một phần"
