"""Addresses of logging in and out."""

from django.urls import path

from motcua.web.kit.login import identity, own, views

app_name = "login"
urlpatterns = [
    path("dang-nhap/", views.log_in, name="log_in"),
    path("dang-nhap/dinh-danh/", identity.leave, name="identity"),
    path("dang-nhap/dinh-danh/ve/", identity.come_back, name="identity_back"),
    path("dang-nhap/dinh-danh/ket-thuc/", identity.ended_there, name="identity_ended"),
    path("dang-nhap/ma-xac-thuc/", views.second_factor, name="second_factor"),
    path("dang-nhap/thiet-bi/", views.set_up_second_factor, name="set_up_second_factor"),
    path("dang-nhap/mat-khau-moi/", views.new_password, name="new_password"),
    path("tai-khoan/", own.account, name="account"),
    path("tai-khoan/thiet-bi/", own.own_device, name="own_device"),
    path("dang-xuat/", views.log_out, name="log_out"),
]
