"""Closing a plan by an officer."""

from django import forms

from skp.enums import CloseReason


class CloseForm(forms.Form):
    """Why, from which day and by what document."""

    reason = forms.ChoiceField(label="Alasan", choices=CloseReason.choices)
    day = forms.DateField(
        label="TMT",
        help_text="Hari pertama yang tidak lagi termasuk SKP ini.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(
        label="Dasar penutupan",
        max_length=2000,
        help_text="Misalnya nomor dan tanggal surat keputusan.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
