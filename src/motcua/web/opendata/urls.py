"""Addresses of the public board."""

from django.urls import path

from motcua.web.opendata import tables, views

app_name = "opendata"
urlpatterns = [
    path("", views.board, name="board"),
    path("bang.csv", tables.board_csv, name="board_csv"),
    path("chi-so/", views.index, name="index"),
    path("chi-tieu/", views.indicators, name="indicators"),
    path("dich-vu/", views.services, name="services"),
    path("dich-vu/so-lieu.csv", tables.services_csv, name="services_csv"),
    path("uu-tien/", views.priorities, name="priorities"),
    path("giai-thich/<str:unit>/", views.explain, name="explain"),
    path("giai-thich/<str:unit>/so-lieu.csv", tables.inputs_csv, name="inputs_csv"),
    path("don-vi/<str:unit>/", views.unit, name="unit"),
]
