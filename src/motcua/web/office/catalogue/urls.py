"""Addresses of the catalogue manager's pages."""

from django.urls import path

from motcua.web.office.catalogue import everyday

urlpatterns = [
    path("tu-thuong-dung/", everyday.everyday, name="everyday_words"),
    path("tu-thuong-dung/<uuid:word_id>/bo/", everyday.end, name="end_everyday_word"),
]
