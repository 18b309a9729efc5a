"""Short forms of identity, worded for people who use them once a year."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.password_validation import MinimumLengthValidator, get_default_password_validators

from accounts.names import login_name


def _worded(field: forms.Field, label: str, help_text: str = "") -> None:
    """Give a field of allauth our words; a placeholder is no label."""
    field.label = label
    field.help_text = help_text
    field.widget.attrs.pop("placeholder", None)


def password_rules() -> str:
    """The rules of AUTH_PASSWORD_VALIDATORS in one sentence; the library's own texts are clumsy."""
    rules = get_default_password_validators()
    least = next(rule.min_length for rule in rules if isinstance(rule, MinimumLengthValidator))
    return (
        f"Paling sedikit {least} karakter, tidak seluruhnya angka, bukan kata sandi yang umum dipakai, "
        "dan tidak mirip NIP atau nama Anda."
    )


class SignInForm(allauth_forms.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["login"], "NIP", "18 angka, boleh dengan spasi. Akun layanan: nama pengguna.")
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        # Pasted from a spreadsheet a NIP is longer than a name may be.
        self.fields["login"].max_length = None
        self.fields["login"].widget.attrs.pop("maxlength", None)
        _worded(self.fields["password"], "Kata sandi")

    def clean_login(self) -> str:
        name = login_name(self.cleaned_data["login"])
        if not name:
            raise forms.ValidationError("Isi NIP Anda.")
        return name


class ReauthenticateForm(allauth_forms.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["password"], "Kata sandi")


class PasswordChangeForm(allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["oldpassword"], "Kata sandi sekarang")
        _worded(self.fields["password1"], "Kata sandi baru", password_rules())
        _worded(self.fields["password2"], "Kata sandi baru, sekali lagi")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if data.get("password1") and data.get("password1") == data.get("oldpassword"):
            self.add_error("password1", "Kata sandi baru harus berbeda dari yang sekarang.")
        return data


class ActivationForm(forms.Form):
    nip = forms.CharField(
        label="NIP",
        help_text="18 angka, boleh dengan spasi.",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label="Kode aktivasi",
        help_text=(
            "Seperti tercetak pada slip, misalnya 7KQF-2M9D-XW4H-8TRC. Huruf besar atau kecil sama saja."
        ),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    password1 = forms.CharField(
        label="Kata sandi baru",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label="Kata sandi baru, sekali lagi",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = password_rules()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("password1") and data.get("password2") and data["password1"] != data["password2"]:
            self.add_error("password2", "Kedua kata sandi tidak sama.")
        return data
