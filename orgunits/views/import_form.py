"""The upload of a workbook."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from config.lib.zipguard import MAX_FILE_BYTES, TOO_LARGE
from orgunits.forms.fields import DayField


class UploadForm(forms.Form):
    """A workbook and the day whose state it shows; what the file holds is for the service to judge."""

    workbook = forms.FileField(
        label="Berkas Excel (.xlsx)",
        help_text="Ekspor SIASN: data pegawai, pohon unit kerja, daftar Plt/Plh, atau daftar mutasi. "
        "Jenisnya dikenali dari judul kolom.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"empty": "Berkas kosong.", "required": "Pilih berkas yang akan diimpor."},
    )
    as_of = DayField(
        label="Keadaan data per tanggal",
        help_text="Tanggal ekspor. Perubahan tanpa tanggal sendiri dicatat mulai hari itu.",
    )

    def clean_workbook(self) -> Any:
        """The upload, unless it is larger than may be read."""
        upload: UploadedFile[Any] = self.cleaned_data["workbook"]
        if upload.size is None or upload.size > MAX_FILE_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return upload
