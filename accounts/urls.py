"""Addresses of the own account, and those few of allauth that exist here (under its own names)."""

from allauth.account import views as allauth_views
from django.urls import URLPattern, URLResolver, include, path

from accounts import views

own = [
    path("", views.profile, name="profile"),
    path("aktivasi/", views.activate, name="activate"),
    path("kontak/konfirmasi/<str:token>/", views.confirm_email, name="email_confirm"),
    path("pemberitahuan/", views.notifications, name="notifications"),
    path("pemberitahuan/dibaca/", views.mark_read, name="mark_read"),
    path("riwayat/", views.history, name="history"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("masuk/", allauth_views.login, name="account_login"),
    path("keluar/", allauth_views.logout, name="account_logout"),
    path("pastikan/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("kata-sandi/", views.PasswordChangeView.as_view(), name="account_change_password"),
    path("sesi/", views.sessions, name="usersessions_list"),
    path("", include((own, "accounts"))),
]
