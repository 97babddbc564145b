"""Addresses of the desk."""

from django.urls import include, path

from motcua.web.counter.views import (
    cash,
    charges,
    daybook,
    desk,
    dossier,
    identities,
    online,
    persons,
    printing,
    returns,
    series,
    uploads,
)

app_name = "counter"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("nguoi-trung/", desk.alike, name="alike"),
    path("nguoi/", persons.people, name="people"),
    path("nguoi/<uuid:party_id>/", persons.person, name="person"),
    path("nguoi/<uuid:party_id>/dinh-chinh/", persons.correct, name="correct_person"),
    path("nguoi/<uuid:party_id>/lien-he/", persons.contact, name="person_contact"),
    path("nguoi/<uuid:party_id>/gop/<uuid:former_id>/", persons.merge, name="merge_people"),
    path("nguoi/dinh-danh/", identities.identities, name="identities"),
    path("nguoi/dinh-danh/<uuid:conflict_id>/", identities.identities, name="identity"),
    path("nguoi/hoan-tac/<uuid:merge_id>/", persons.part, name="part_people"),
    path("tep/tai-len/", uploads.begin, name="upload"),
    path("tep/tai-len/<uuid:upload_id>/", uploads.piece, name="upload_piece"),
    path("tep/<uuid:file_id>/", desk.own_file, name="own_file"),
    path("truc-tuyen/", online.queue, name="online"),
    path("ho-so/<uuid:dossier_id>/", dossier.dossier, name="dossier"),
    path("ho-so/<uuid:dossier_id>/tep/<uuid:file_id>/", dossier.file, name="file"),
    path("ho-so/<uuid:dossier_id>/tep/<uuid:file_id>/chu/<slug:form>/", dossier.file_text, name="file_text"),
    path("ho-so/<uuid:dossier_id>/mau/<uuid:form_id>/", printing.form, name="form"),
    path("ho-so/<uuid:dossier_id>/thu/", cash.take, name="take_payment"),
    path("ho-so/<uuid:dossier_id>/mien/<uuid:charge_id>/", cash.exempt, name="exempt"),
    path("ho-so/<uuid:dossier_id>/bien-lai/<uuid:receipt_id>/", cash.receipt, name="receipt"),
    path(
        "ho-so/<uuid:dossier_id>/bien-lai/<uuid:receipt_id>/thay-the/", cash.replace, name="replace_receipt"
    ),
    path(
        "ho-so/<uuid:dossier_id>/bien-lai/<uuid:receipt_id>/<slug:form>/",
        cash.receipt_file,
        name="receipt_file",
    ),
    path("ho-so/<uuid:dossier_id>/phi/", charges.charges, name="charges"),
    path("ho-so/<uuid:dossier_id>/phi/<slug:act>/", charges.charge_act, name="charge_act"),
    path("ho-so/<uuid:dossier_id>/<slug:act>/", dossier.act, name="act"),
    path("phieu/<uuid:slip_id>/", printing.slip, name="slip"),
    path("phieu/<uuid:slip_id>/tep/", printing.slip_file, name="slip_file"),
    path("thu-phi/", cash.find, name="cash"),
    path("bang-tong-hop/", series.summaries, name="summaries"),
    path("bang-tong-hop/<uuid:summary_id>/gui-lai/", series.send_again, name="send_summary"),
    path("tra-ket-qua/", returns.returns, name="returns"),
    path("quet/", include("motcua.web.counter.scanning.urls")),
    path("so-ngay/", daybook.daybook, name="daybook"),
]
