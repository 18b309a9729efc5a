"""What the owner types of a new idea."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from assessments.models import NewIdea
from assessments.services.ideas import MAX_TEXT, MIN_TEXT, IdeaInput
from config.lib.errors import DomainError
from config.lib.uploads import EVIDENCE_KINDS, accept_of, check_size, words_of
from skp.services.evidence import MAX_URL


class IdeaForm(forms.Form):
    """The idea, its benefit and its proof."""

    text = forms.CharField(
        label="Ide baru",
        min_length=MIN_TEXT,
        max_length=MAX_TEXT,
        help_text="Apa yang baru, dan apa yang sudah Anda lakukan dengannya tahun ini.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    benefit = forms.CharField(
        label="Manfaat bagi organisasi",
        min_length=MIN_TEXT,
        max_length=MAX_TEXT,
        help_text="Sebut manfaat yang dapat diperiksa, misalnya waktu atau biaya yang dihemat.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    url = forms.CharField(
        label="Tautan bukti",
        required=False,
        max_length=MAX_URL,
        help_text="Lengkap dengan https://. Pilih satu: tautan atau berkas.",
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    file = forms.FileField(
        label="Berkas bukti",
        required=False,
        help_text=f"{words_of(EVIDENCE_KINDS)}. Keterangan tempat dan perangkat pada foto dihapus.",
        widget=forms.FileInput(attrs={"accept": accept_of(EVIDENCE_KINDS)}),
        # The name is cut to what is kept; a long one is no fault of the user.
        max_length=None,
        error_messages={"empty": "Berkas kosong. Pilih berkas lain."},
    )

    status = 422

    def clean_file(self) -> Any:
        """The upload or None, unless it is larger than may be read."""
        upload: UploadedFile[Any] | None = self.cleaned_data.get("file")
        if upload is None:
            return None
        try:
            check_size(upload.size)
        except DomainError as error:
            self.status = error.status
            raise forms.ValidationError(str(error)) from error
        return upload

    def to_input(self) -> IdeaInput:
        """The cleaned values as the service takes them."""
        data = self.cleaned_data
        upload = data["file"]
        return IdeaInput(
            text=data["text"],
            benefit=data["benefit"],
            url=data["url"],
            upload=(upload.read(), upload.name) if upload else None,
        )


def idea_initial(idea: NewIdea | None) -> dict[str, str]:
    """The stored idea as the form shows it first; its file stays where it is."""
    if idea is None:
        return {}
    return {"text": idea.text, "benefit": idea.benefit, "url": idea.url}
