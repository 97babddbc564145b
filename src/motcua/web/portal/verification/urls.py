"""Address of the verification page."""

from django.urls import path

from motcua.web.portal.verification import views

app_name = "verification"
urlpatterns = [
    path("", views.verify, name="verify"),
    path("<slug:reference>/", views.paper, name="paper"),
]
