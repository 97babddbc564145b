"""Addresses of the kit: the switches, and (in demos and tests) the gallery."""

from django.urls import path

from motcua.web.kit import faces, gallery, preferences, seats

app_name = "kit"
urlpatterns = [
    path("bat-dau/", faces.start, name="start"),
    path("kit/tuy-chon/", preferences.set_preferences, name="preferences"),
    path("kit/noi-lam-viec/", seats.choose, name="seat"),
    path("kit/gallery/", gallery.gallery, name="gallery"),
    path("kit/gallery/form/", gallery.form, name="gallery_form"),
]
