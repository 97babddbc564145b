"""Address of the verification page."""

from django.urls import path

from motcua.web.portal.verification import report, views

app_name = "verification"
urlpatterns = [
    path("", views.verify, name="verify"),
    path("bao-giay-gia/", report.report, name="report"),
    path("<slug:reference>/", views.paper, name="paper"),
]
