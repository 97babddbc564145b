"""Addresses of steering, below those of the officers' face."""

from django.urls import path

from motcua.web.office.oversight import desk, directives, export, figures, outlook, sent

urlpatterns = [
    path("", desk.desk, name="steering"),
    path("ho-so/", desk.dossiers, name="steered"),
    path("ho-so.csv", export.dossiers_csv, name="dossiers_csv"),
    path("ho-so.xlsx", export.dossiers_xlsx, name="dossiers_xlsx"),
    path("phan-tich/", outlook.outlook, name="outlook"),
    path("so-lieu/", figures.figures, name="figures"),
    path("so-lieu/giai-thich/", figures.explain, name="explain_figure"),
    path("so-lieu/bao-cao/", figures.report_file, name="report_file"),
    path("so-lieu/da-gui/", sent.reports, name="sent_reports"),
    path("so-lieu/da-gui/<uuid:sent_id>/", sent.report, name="sent_report"),
    path("so-lieu/da-gui/<uuid:sent_id>/tep/<str:name>", sent.file, name="sent_file"),
    path("so-lieu/lich/<uuid:plan_id>/dung/", sent.end, name="end_report_plan"),
    path("chi-dao/", directives.listed, name="directives"),
    path("chi-dao/moi/", directives.new, name="new_directive"),
    path("chi-dao/<uuid:directive_id>/", directives.shown, name="directive"),
    path("chi-dao/<uuid:directive_id>/<slug:slug>/", directives.act, name="act_on_directive"),
]
