"""Addresses of the catalogue manager's pages."""

from django.urls import path

from motcua.web.office.catalogue import everyday, procedures

urlpatterns = [
    path("thu-tuc/", procedures.procedures, name="procedures"),
    path("thu-tuc/<str:code>/", procedures.procedure, name="procedure"),
    path("thu-tuc/<str:code>/<uuid:version_id>.json", procedures.version_file, name="version_file"),
    path("thu-tuc/<str:code>/<uuid:version_id>/ho-so/", procedures.pinned, name="pinned"),
    path("tu-thuong-dung/", everyday.everyday, name="everyday_words"),
    path("tu-thuong-dung/<uuid:word_id>/bo/", everyday.end, name="end_everyday_word"),
]
