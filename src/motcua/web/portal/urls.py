"""Addresses of the citizens' face."""

from django.urls import path

from motcua.web.portal.views import apply, choices, dossiers, find, papers, supplement, track, warehouse

app_name = "portal"
urlpatterns = [
    path("", find.home, name="home"),
    path("tim/", find.search, name="search"),
    path("linh-vuc/", find.fields, name="fields"),
    path("linh-vuc/<str:code>/", find.field, name="field"),
    path("su-kien/<str:event>/", find.life_event, name="life_event"),
    path("thu-tuc/<str:code>/", find.procedure, name="procedure"),
    path("thu-tuc/<str:code>/nop/", apply.begin, name="begin"),
    path("nhap/<uuid:draft_id>/", apply.tasks, name="tasks"),
    path("nhap/<uuid:draft_id>/noi-nop/", apply.place, name="place"),
    path("nhap/<uuid:draft_id>/nguoi-nop/", apply.people, name="people"),
    path("nhap/<uuid:draft_id>/to-khai/", apply.form, name="form"),
    path("nhap/<uuid:draft_id>/to-khai/luu/", apply.autosave, name="autosave"),
    path("nhap/<uuid:draft_id>/phi/", apply.fees, name="fees"),
    path("nhap/<uuid:draft_id>/xem-lai/", apply.review, name="review"),
    path("nhap/<uuid:draft_id>/xoa/", apply.discard, name="discard"),
    path("nhap/<uuid:draft_id>/giay-to/", papers.draft_papers, name="papers"),
    path("nhap/<uuid:draft_id>/giay-to/<str:key>/tai-len/", papers.begin_draft_upload, name="draft_upload"),
    path("nhap/<uuid:draft_id>/tep/<uuid:file_id>/", papers.draft_file, name="draft_file"),
    path("tai-len/", papers.begin, name="upload"),
    path("tai-len/<uuid:upload_id>/", papers.piece, name="upload_piece"),
    path("tai-len/<uuid:upload_id>/xong/", papers.finish, name="upload_finish"),
    path("ho-so/", dossiers.own, name="dossiers"),
    path("ho-so/<uuid:dossier_id>/", dossiers.dossier, name="dossier"),
    path("ho-so/<uuid:dossier_id>/da-gui/", dossiers.sent, name="sent"),
    path("ho-so/<uuid:dossier_id>/bo-sung/", supplement.supplement, name="supplement"),
    path("ho-so/<uuid:dossier_id>/rut/", dossiers.withdraw, name="withdraw"),
    path("ho-so/<uuid:dossier_id>/tep/<uuid:file_id>/", dossiers.file, name="file"),
    path("ho-so/<uuid:dossier_id>/tep/<uuid:file_id>/chu/<slug:form>/", dossiers.file_text, name="file_text"),
    path("kho-giay-to/", warehouse.own_papers, name="own_papers"),
    path("kho-giay-to/<uuid:paper_id>/tep/", warehouse.own_paper_file, name="own_paper_file"),
    path("cach-nhan-thong-bao/", choices.ways, name="ways"),
    path("tra-cuu/", track.track, name="track"),
]
