"""The upload of one's own plan as a workbook."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

# A plan is a few kilobytes; an office's whole workbook still passes, since it is read while one waits.
MAX_BYTES = 5 * 1024 * 1024
TOO_LARGE = f"Berkas lebih besar dari {MAX_BYTES // 1024 // 1024} MB. Sisakan baris rencana Anda sendiri."


class OwnWorkbookForm(forms.Form):
    """A workbook; what it holds is for the reader to judge."""

    workbook = forms.FileField(
        label="Berkas Excel (.xlsx)",
        help_text="Satu baris untuk setiap indikator, dikenali dari judul kolomnya. Kolom lain diabaikan.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"empty": "Berkas kosong.", "required": "Pilih berkas yang sudah diisi."},
    )

    def clean_workbook(self) -> Any:
        """The upload, unless it is larger than is read on a page."""
        upload: UploadedFile[Any] = self.cleaned_data["workbook"]
        if upload.size is None or upload.size > MAX_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return upload
