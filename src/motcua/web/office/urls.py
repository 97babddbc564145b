"""Addresses of the officers' face."""

from django.urls import include, path

from motcua.web.office.views import (
    acts,
    audit,
    book,
    consultations,
    delegations,
    dossier,
    inbox,
    ledger,
    reports,
    result_draft,
    revocation,
    tasks,
    tray,
)

app_name = "office"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("viec/", tasks.tasks, name="tasks"),
    path("viec/dem/", tasks.waiting, name="waiting"),
    path("trinh-ky/", tray.tray, name="tray"),
    path("y-kien/", consultations.asked, name="consultations"),
    path("y-kien/<uuid:consultation_id>/", consultations.answer, name="answer"),
    path("uy-quyen/", delegations.delegations, name="delegations"),
    path("uy-quyen/<uuid:delegation_id>/cham-dut/", delegations.revoke, name="revoke_delegation"),
    path("so-ket-qua/", book.book, name="book"),
    path("bao-giay-gia/", reports.forgery_reports, name="forgery_reports"),
    path("so-theo-doi/", ledger.ledger, name="ledger"),
    path("so-theo-doi/mau-07/", ledger.ledger_file, name="ledger_file"),
    path("so-hoa/", include("motcua.web.office.doubtful.urls")),
    path("dong-dau/", include("motcua.web.office.sealing.urls")),
    path("dieu-hanh/", include("motcua.web.office.oversight.urls")),
    path("quan-tri/", include("motcua.web.office.administration.urls")),
    path("danh-muc/", include("motcua.web.office.catalogue.urls")),
    path("chuoi/", audit.chain, name="chain"),
    path("ho-so/<uuid:dossier_id>/", dossier.dossier, name="dossier"),
    path("ho-so/<uuid:dossier_id>/tep/<uuid:file_id>/", dossier.file, name="file"),
    path("ho-so/<uuid:dossier_id>/tep/<uuid:file_id>/chu/<slug:form>/", dossier.file_text, name="file_text"),
    path("ho-so/<uuid:dossier_id>/mau-06/", dossier.control_sheet, name="control_sheet"),
    path("ho-so/<uuid:dossier_id>/thu-hoi/<uuid:paper_id>/", revocation.revoke, name="revoke_paper"),
    path("ho-so/<uuid:dossier_id>/du-thao/", dossier.draft, name="draft"),
    path("ho-so/<uuid:dossier_id>/ket-qua/luu/", result_draft.save, name="result_draft"),
    path("ho-so/<uuid:dossier_id>/ket-qua/so-dinh-danh/", result_draft.ask_number, name="ask_number"),
    path("ho-so/<uuid:dossier_id>/viec/<slug:key>/", acts.act, name="act"),
]
