"""By what right somebody hands in for another, in words: the same for the citizen and for the officer."""

from collections.abc import Mapping

from django.utils.translation import gettext

from motcua.dossiers.queries import (
    DossierPage,
    mandate_ground,
    mandate_kind,
    mandate_scope,
)
from motcua.dossiers.words import (
    MandateKind,
    MandateScope,
)
from motcua.web.kit.components import SummaryRow


def right_words(mandate: Mapping[str, object]) -> str:
    """`Người thân: con ruột`, `Ủy quyền: giấy số 12 ngày 01/11/2026`, or the desk's own note."""
    names = {
        MandateKind.RELATIVE: gettext("Người thân: %(ground)s"),
        MandateKind.AUTHORISED: gettext("Ủy quyền: %(ground)s"),
    }
    scopes = {
        MandateScope.SUBMIT: gettext("chỉ nộp hồ sơ"),
        MandateScope.SUBMIT_AND_RECEIVE: gettext("nộp hồ sơ và nhận kết quả"),
    }
    kind, ground, scope = mandate_kind(mandate), mandate_ground(mandate), mandate_scope(mandate)
    said = names[kind] % {"ground": ground} if kind else ground
    return f"{said} ({scopes[scope]})" if scope else said


def mandate_rows(page: DossierPage) -> list[SummaryRow]:
    """For officers: who handed in, by what right, and whether the person they named is the one on record."""
    if page.submitter.id == page.applicant.id:
        return []
    note = right_words(page.mandate)
    rows = [SummaryRow(gettext("Người nộp thay"), page.submitter.full_name, note=note)]
    named = page.mandate.get("person")
    if isinstance(named, Mapping) and named.get("personal_number") != page.applicant.number:
        number = str(named.get("personal_number", ""))
        doubt = gettext(
            "Số này đã ghi cho một người có họ tên hoặc ngày sinh khác. Đối chiếu giấy tờ của người đề nghị."
        )
        rows.append(SummaryRow(gettext("Số định danh do người nộp thay khai"), number, note=doubt))
    return rows
