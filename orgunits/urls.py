"""Addresses under /organisasi/."""

from django.urls import path

from orgunits.views import (
    accounts,
    corrections,
    people,
    person_edits,
    post_edits,
    roles,
    unit_edits,
    units,
    vacancies,
)

app_name = "orgunits"
urlpatterns = [
    path("unit/", units.units, name="units"),
    path("unit/<int:unit_id>/", units.unit, name="unit"),
    path("unit/<int:unit_id>/nama/", unit_edits.rename, name="unit_rename"),
    path("unit/<int:unit_id>/pecah/", unit_edits.split, name="unit_split"),
    path("unit/<int:unit_id>/gabung/", unit_edits.merge, name="unit_merge"),
    path("unit/<int:unit_id>/jalur-penilaian/", unit_edits.appraised_by, name="unit_appraised_by"),
    path("unit/<int:unit_id>/mandiri/", unit_edits.standalone, name="unit_standalone"),
    path("unit/<int:unit_id>/kepala-daerah/", unit_edits.state_official, name="state_official"),
    path("unit/<int:unit_id>/slip/", accounts.slips, name="slips"),
    path("pegawai/", people.people, name="people"),
    path("pegawai/<int:employee_id>/", people.person, name="person"),
    path("pegawai/<int:employee_id>/penugasan/", post_edits.start_assignment, name="assignment_start"),
    path("pegawai/<int:employee_id>/mutasi/", post_edits.transfer, name="transfer"),
    path("pegawai/<int:employee_id>/plt/", post_edits.start_acting, name="acting_start"),
    path("pegawai/<int:employee_id>/penilai/", person_edits.set_override, name="override_set"),
    path("pegawai/<int:employee_id>/kontak/", person_edits.contact, name="contact"),
    path("pegawai/<int:employee_id>/peran/", roles.grant, name="role_grant"),
    path("pegawai/<int:employee_id>/sandi/", accounts.reset, name="password_reset"),
    path("penugasan/<int:assignment_id>/akhiri/", post_edits.end_assignment, name="assignment_end"),
    path("penugasan/<int:assignment_id>/lanjutkan/", post_edits.keep_acting, name="acting_keep"),
    path("penilai-khusus/<int:override_id>/akhiri/", person_edits.end_override, name="override_end"),
    path("koreksi/", corrections.corrections, name="corrections"),
    path("koreksi/<int:correction_id>/", corrections.correction, name="correction"),
    path("peran/", roles.roles, name="roles"),
    path("peran/<int:grant_id>/cabut/", roles.revoke, name="role_revoke"),
    path("kekosongan/", vacancies.vacancies, name="vacancies"),
    path("slip/", accounts.slip_units, name="slip_units"),
    path("saya/", people.me, name="me"),
    path("saya/peran/", people.my_roles, name="my_roles"),
    path("saya/koreksi/", corrections.ask, name="correction_ask"),
]
