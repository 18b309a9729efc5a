"""The upload of earlier years' results."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from config.lib.zipguard import MAX_FILE_BYTES, TOO_LARGE


class HistoryForm(forms.Form):
    """A workbook; what it holds is for the reader to judge."""

    workbook = forms.FileField(
        label="Berkas Excel (.xlsx)",
        help_text="Satu baris untuk setiap pegawai dan tahun, dikenali dari judul kolomnya.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"empty": "Berkas kosong.", "required": "Pilih berkas yang sudah diisi."},
    )

    def clean_workbook(self) -> Any:
        """The upload, unless it is larger than may be read."""
        upload: UploadedFile[Any] = self.cleaned_data["workbook"]
        if upload.size is None or upload.size > MAX_FILE_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return upload
