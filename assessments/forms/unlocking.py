"""Why a final score is to be opened."""

from django import forms


class UnlockForm(forms.Form):
    """The reason, which stands in the history and in the new version."""

    reason = forms.CharField(
        label="Alasan membuka kunci", max_length=300, widget=forms.Textarea({"rows": 3, "maxlength": 300})
    )
