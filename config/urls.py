"""The product's addresses; each app owns those under its own prefix."""

from django.urls import URLPattern, URLResolver, include, path

from config import health, views
from documents.views import verify

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.start, name="start"),
    path("tema.css", views.theme, name="theme_css"),
    path("tampilan/", views.appearance, name="appearance"),
    path("galeri/", views.gallery, name="gallery"),
    path("akun/", include("accounts.urls")),
    path("pekerjaan/", include("documents.urls")),
    path("verifikasi/<uuid:public_id>/", verify, name="verify"),
    path("organisasi/", include("orgunits.urls")),
    path("skp/", include("skp.urls")),
    path("penilaian/", include("assessments.urls")),
    path("papan/", include("compliance.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
