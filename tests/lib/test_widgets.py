"""Choices written without templates say the same as Django's own."""

import pytest
from django import forms
from django.test.html import parse_html

from config.lib.fields import FilterChoice, FilterNumber, FilterText
from config.lib.widgets import PlainHidden, PlainSelect, PlainText

CHOICES = [("", "Semua OPD"), (7, "Dinas <Satu> & Dua"), (0, "Di luar OPD")]


@pytest.mark.parametrize("value", [None, "", 7, "7", 0, "tidak ada"])
@pytest.mark.parametrize("attrs", [None, {"id": "id_opd", "required": True, "class": 'a"b'}])
def test_a_plain_select_is_a_select(value, attrs):
    plain, own = (kind(choices=CHOICES).render("opd", value, attrs) for kind in (PlainSelect, forms.Select))
    assert parse_html(plain) == parse_html(own)
    assert plain.count("<option") == len(CHOICES)


@pytest.mark.parametrize("value", [None, "", 0, 7, 'O\'Neil & "<b>"'])
@pytest.mark.parametrize("attrs", [None, {"id": "id_cari", "maxlength": "100", "required": False}])
def test_plain_inputs_are_inputs(value, attrs):
    for kind, django_kind in ((PlainText, forms.TextInput), (PlainHidden, forms.HiddenInput)):
        plain, own = kind().render("cari", value, attrs), django_kind().render("cari", value, attrs)
        assert parse_html(plain) == parse_html(own)
    assert PlainHidden().is_hidden
    assert not PlainText().is_hidden


class Filter(forms.Form):
    cari = FilterText(label="Nama OPD", max_length=5)
    opd = FilterNumber(label="OPD", choices=CHOICES)
    tahap = FilterChoice(label="Tahap", choices=[("a", "A"), ("b", "B")])


def test_filters_may_stay_empty_and_read_numbers():
    chosen = Filter({"opd": "7", "tahap": "b", "cari": " dinas"})
    assert chosen.is_valid()
    assert chosen.cleaned_data == {"cari": "dinas", "opd": 7, "tahap": "b"}
    empty = Filter({})
    assert empty.is_valid()
    assert empty.cleaned_data == {"cari": "", "opd": None, "tahap": ""}
    assert not Filter({"opd": "8"}).is_valid()
    assert not Filter({"cari": "panjang"}).is_valid()
