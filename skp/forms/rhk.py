"""The upload of a workbook of planned results."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from config.lib.zipguard import MAX_FILE_BYTES, TOO_LARGE
from skp.models import Period


class RhkForm(forms.Form):
    """A workbook and its period; what the file holds is for the service to judge."""

    workbook = forms.FileField(
        label="Berkas Excel (.xlsx)",
        help_text="Rencana hasil kerja satu OPD: satu baris per indikator, dikenali dari judul kolom "
        "(NIP, KODE RHK, RENCANA HASIL KERJA, …).",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"empty": "Berkas kosong.", "required": "Pilih berkas yang akan diimpor."},
    )
    period = forms.ModelChoiceField(
        label="Periode", queryset=Period.objects.order_by("-year"), empty_label=None
    )

    def clean_workbook(self) -> Any:
        """The upload, unless it is larger than may be read."""
        upload: UploadedFile[Any] = self.cleaned_data["workbook"]
        if upload.size is None or upload.size > MAX_FILE_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return upload
