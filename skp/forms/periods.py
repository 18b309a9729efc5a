"""What BKPSDM types of a period; rules stay in the services."""

from django import forms


class PeriodForm(forms.Form):
    """The year of a new period."""

    year = forms.IntegerField(label="Tahun periode", min_value=2000, max_value=2100)
