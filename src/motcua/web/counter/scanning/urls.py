"""Addresses of the scan desk, below those of the counter."""

from django.urls import path

from motcua.web.counter.scanning import acts, pages, pictures, uploads

urlpatterns = [
    path("", pages.scans, name="scans"),
    path("to-ngan/<uuid:dossier_id>/", pages.separators, name="separators"),
    path("trang/<uuid:page_id>/anh.jpg", pictures.picture, name="scan_picture"),
    path("trang/<uuid:page_id>/nho.jpg", pictures.thumb, name="scan_thumb"),
    path("trang/<uuid:page_id>/xem/", pictures.zoom, name="scan_zoom"),
    path("trang/<uuid:page_id>/o/<int:level>/<int:column>/<int:row>.jpg", pictures.tile, name="scan_tile"),
    path("<uuid:batch_id>/", pages.batch, name="scan"),
    path("<uuid:batch_id>/tien-do/", pages.progress, name="scan_progress"),
    path("<uuid:batch_id>/tep/", uploads.files, name="scan_files"),
    path("<uuid:batch_id>/tai-len/", uploads.begin, name="scan_upload"),
    path("<uuid:batch_id>/tai-len/<uuid:upload_id>/", uploads.piece, name="scan_upload_piece"),
    path("<uuid:batch_id>/sap-xep/", acts.arrange, name="scan_arrange"),
    path("<uuid:batch_id>/truong/<uuid:field_id>/", acts.field, name="scan_field"),
    path("<uuid:batch_id>/giay/<uuid:paper_id>/", acts.paper, name="scan_paper"),
    path("<uuid:batch_id>/ho-so/", acts.address, name="scan_address"),
    path("<uuid:batch_id>/dong/", acts.bind, name="scan_bind"),
    path("<uuid:batch_id>/may-quet/", acts.scan, name="scan_feed"),
    path("<uuid:batch_id>/mien/", acts.exempt, name="scan_exempt"),
    path("<uuid:batch_id>/ky/", acts.sign, name="scan_sign"),
]
