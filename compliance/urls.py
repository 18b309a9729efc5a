"""Addresses under /papan/."""

from django.urls import path

from compliance import views

app_name = "compliance"
urlpatterns = [
    path("", views.board, name="board"),
    path("orang/", views.people, name="people"),
]
