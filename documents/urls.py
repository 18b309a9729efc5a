"""Addresses of long work."""

from django.urls import path

from documents import views

app_name = "documents"
urlpatterns = [
    path("", views.job_list, name="jobs"),
    path("<uuid:public_id>/", views.job_detail, name="job"),
    path("<uuid:public_id>/batal/", views.job_cancel_view, name="job_cancel"),
    path("<uuid:public_id>/hasil/", views.job_result, name="job_result"),
]
