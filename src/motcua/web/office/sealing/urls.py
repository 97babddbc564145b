"""Addresses of the seal clerk's page, below those of the officers' face."""

from django.urls import path

from motcua.web.office.sealing import results, views

urlpatterns = [
    path("ket-qua/", results.results, name="results"),
    path("", views.sealing, name="sealing"),
    path("<uuid:copy_id>/tep/", views.copy, name="sealing_file"),
]
