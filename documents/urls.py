"""Addresses of long work."""

from django.urls import path

from documents import views

app_name = "documents"
urlpatterns = [
    path("pekerjaan/", views.job_list, name="job_list"),
    path("pekerjaan/<uuid:public_id>/", views.job_detail, name="job_detail"),
    path("pekerjaan/<uuid:public_id>/batal/", views.job_cancel_view, name="job_cancel"),
    path("pekerjaan/<uuid:public_id>/hasil/", views.job_result, name="job_result"),
]
