"""Addresses of administration."""

from django.urls import path

from motcua.web.office.administration import (
    access,
    agencies,
    calendars,
    failed,
    opening,
    outgoing,
    people,
    posts,
    reorganise,
    signing_keys,
    tokens,
)

urlpatterns = [
    path("", agencies.agencies, name="agencies"),
    path("co-quan/moi/", opening.opening, name="open_agency"),
    path("co-quan/<uuid:agency_id>/", agencies.agency, name="agency"),
    path("co-quan/<uuid:agency_id>/can-bo/", people.people, name="people"),
    path("co-quan/<uuid:agency_id>/chuc-danh/", posts.posts, name="posts"),
    path("co-quan/<uuid:agency_id>/khoa-ky/", signing_keys.signing_keys, name="signing_keys"),
    path("co-quan/<uuid:agency_id>/khoa-chuong-trinh/", tokens.tokens, name="tokens"),
    path("co-quan/<uuid:agency_id>/lich/", calendars.calendar, name="agency_calendar"),
    path("lich/", calendars.calendar, name="calendar"),
    path("lich/<uuid:override_id>/rut/", calendars.withdraw, name="withdraw_day"),
    path("to-chuc-lai/", reorganise.reorganise, name="reorganise"),
    path("tin-gui-di/", outgoing.outgoing, name="outgoing"),
    path("viec-hong/", failed.failed_jobs, name="failed_jobs"),
    path("de-nghi/", access.access_requests, name="access_requests"),
    path("bao-mat/", people.second_factors, name="second_factors"),
]
