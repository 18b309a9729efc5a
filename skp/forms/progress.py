"""What people type of a quarter's progress: realisations, evidence, feedback."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from config.lib.errors import DomainError
from config.lib.fields import DecimalText
from config.lib.uploads import EVIDENCE_KINDS, accept_of, check_size, words_of
from skp.selectors.progress import Entries, Entry, TrackedResult
from skp.services.evidence import MAX_REASON, MAX_URL, MAX_WORDS, MIN_REASON
from skp.services.progress import MAX_NOTE, ProgressInput


class ProgressForm(forms.Form):
    """A realisation and a note for each indicator in force; a narrative expectation has a note only."""

    def __init__(
        self, *args: Any, results: Iterable[TrackedResult], entries: Entries, interval: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.indicator_ids: list[int] = []
        for result in results:
            for item in result.indicators:
                entry = entries.get(item.indicator_id, {}).get(interval, Entry(None, ""))
                self.indicator_ids.append(item.indicator_id)
                if not item.target_text:
                    self.fields[f"r{item.indicator_id}"] = DecimalText(
                        label=f"Realisasi ({item.unit})", required=False, initial=entry.realisation
                    )
                self.fields[f"n{item.indicator_id}"] = forms.CharField(
                    label="Capaian" if item.target_text else "Catatan",
                    required=False,
                    max_length=MAX_NOTE,
                    initial=entry.note,
                    widget=forms.Textarea(attrs={"rows": 2}),
                )

    def values(self) -> dict[int, ProgressInput]:
        """What was typed of every indicator; empty where nothing stands."""
        data = self.cleaned_data
        return {
            key: ProgressInput(realisation=data.get(f"r{key}"), note=data[f"n{key}"])
            for key in self.indicator_ids
        }

    def fields_of(self, indicator_id: int) -> list[forms.BoundField]:
        """The indicator's fields in their order."""
        names = (f"r{indicator_id}", f"n{indicator_id}")
        return [self[name] for name in names if name in self.fields]


class EvidenceFileForm(forms.Form):
    """A file as evidence; what it holds is for the service to judge."""

    file = forms.FileField(
        label="Berkas atau foto",
        help_text=f"{words_of(EVIDENCE_KINDS)}. Keterangan tempat dan perangkat pada foto dihapus.",
        widget=forms.FileInput(attrs={"accept": accept_of(EVIDENCE_KINDS)}),
        # The name is cut to what is kept; a long one is no fault of the user.
        max_length=None,
        error_messages={
            "empty": "Berkas kosong. Pilih berkas lain.",
            "required": "Pilih berkas atau ambil foto lebih dahulu.",
        },
    )

    def clean_file(self) -> Any:
        """The upload, unless it is larger than may be read; the size refused is told by ``too_large``."""
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        try:
            check_size(upload.size)
        except DomainError as error:
            self.status = error.status
            raise forms.ValidationError(str(error)) from error
        return upload

    status = 422


class EvidenceLinkForm(forms.Form):
    """An address as evidence."""

    url = forms.CharField(
        label="Alamat tautan",
        max_length=MAX_URL,
        help_text="Lengkap dengan https://. Pastikan pejabat penilai dapat membukanya.",
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(label="Keterangan", required=False, max_length=MAX_WORDS)


class EvidenceReasonForm(forms.Form):
    """Why BKPSDM opens somebody's evidence; it is recorded."""

    reason = forms.CharField(
        label="Alasan membuka bukti dukung",
        min_length=MIN_REASON,
        max_length=MAX_REASON,
        help_text="Alasan ini tercatat pada jejak audit bersama nama Anda dan waktunya.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
