"""Addresses of the verification of digitization, below those of the officers' face."""

from django.urls import path

from motcua.web.office.doubtful import views

urlpatterns = [
    path("", views.doubtful, name="doubtful"),
    path("trang/<uuid:page_id>/anh.jpg", views.picture, name="doubtful_picture"),
    path("trang/<uuid:page_id>/da-xem/", views.checked, name="doubtful_checked"),
]
