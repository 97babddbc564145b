"""What a new version of the procedure changes for a draft begun on an earlier one: what stays, what is gone, what has to
be done again, and why.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from motcua.catalogue import queries as catalogue
from motcua.dossiers import services
from motcua.kernel import clock
from motcua.web.kit import forms, when
from motcua.web.kit.components import SummaryRow
from motcua.web.portal import words
from motcua.web.portal.drafting import Drafting


@dataclass(slots=True)
class Changed:
    """`is_withdrawn`: nothing replaces the version the draft stands on, so that it can only be read and thrown away."""

    reasons: list[str] = field(default_factory=list)
    kept: int = 0
    dropped: list[SummaryRow] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    is_withdrawn: bool = False
    search_words: str = ""


def changes_of(drafting: Drafting) -> Changed:
    """Compare the draft with the version in force today."""
    old = drafting.version
    present = catalogue.versions_in_force([old.code], clock.today()).get(old.code)
    if present is None:
        reason = gettext(
            "Thủ tục này đã thôi áp dụng, nên bản nháp không gửi được nữa. Bạn vẫn đọc và xóa được."
        )
        return Changed([reason], is_withdrawn=True, search_words=words.title_of(old))
    since = when.day(present.effective_from)
    changed = Changed([gettext("Thủ tục có bản mới, áp dụng từ %(day)s.") % {"day": since}])
    if drafting.draft.case_key not in {case.key for case in present.cases}:
        name = words.name_of(drafting.case)
        changed.reasons.append(gettext("Trường hợp “%(name)s” không còn.") % {"name": name})
        changed.again.append(gettext("Chọn lại trường hợp và nơi nộp"))
    _compare_forms(drafting, present, changed)
    _compare_papers(drafting, present, changed)
    return changed


def _compare_forms(drafting: Drafting, present: catalogue.VersionSnapshot, changed: Changed) -> None:
    language = "en" if words.in_english() else "vi"
    data = drafting.draft.form_data
    before = drafting.definition()
    after = forms.read(present.form, language) if present.form else None
    asked_before = {asked.path: asked for asked in before.fields()} if before else {}
    asked_now = {asked.path: asked for asked in after.fields()} if after else {}
    if before and after and before.digest != after.digest:
        changed.reasons.append(gettext("Tờ khai có mẫu mới."))
    for path, asked in asked_before.items():
        value = _at(data, path)
        if value in (None, "", [], {}):
            continue
        if path in asked_now and asked_now[path].type == asked.type:
            changed.kept += 1
        else:
            changed.dropped.append(SummaryRow(asked.label, forms.said(asked, value)))
    for path, asked in asked_now.items():
        is_new = path not in asked_before or asked_before[path].type != asked.type
        if is_new and asked.is_required:
            changed.again.append(asked.label)


def _compare_papers(drafting: Drafting, present: catalogue.VersionSnapshot, changed: Changed) -> None:
    keys = {case.key for case in present.cases}
    case = present.case(drafting.draft.case_key if drafting.draft.case_key in keys else None)
    listed = {component.key for component in case.components}
    for paper in drafting.draft.papers:
        if paper["component_key"] in listed or not paper["file_id"]:
            continue
        if str(paper["component_key"]).startswith(services.BOUND):
            continue
        changed.dropped.append(SummaryRow(gettext("Giấy tờ không còn cần"), str(paper["filename"])))
    before = {component.key for component in drafting.case.components}
    changed.again += [
        words.name_of(component)
        for component in case.components
        if component.is_required and component.key not in before
    ]


def _at(data: Mapping[str, object], path: str) -> object:
    at: Any = data
    for name in path.split("."):
        at = at.get(name) if isinstance(at, Mapping) else None
    return at
