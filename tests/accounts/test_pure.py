from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.codes import ALPHABET, BITS, code_digest, format_code, name_digest, new_code, read_code
from accounts.lockout import failures_so_far, lock_length
from accounts.names import clean_nip, login_name
from tests.accounts.conftest import NOW


@pytest.mark.parametrize(
    "typed",
    [
        "198001012005011001",
        "'198001012005011001",
        "’198001012005011001",
        "19800101 200501 1 001",
        "\t19800101\u00a0200501 1 001\n",
        "\ufeff198001012005011001",
    ],
)
def test_a_nip_is_read_however_it_was_pasted(typed):
    assert clean_nip(typed) == "198001012005011001"
    assert login_name(typed) == "198001012005011001"


def test_a_plain_name_is_lower_case():
    assert login_name(" Admin.BKPSDM ") == "admin.bkpsdm"


def test_codes_carry_eighty_bits_and_differ():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert BITS >= 80
    assert all(len(code) == 16 and set(code) <= set(ALPHABET) for code in codes)
    assert not set("ILOU") & set(ALPHABET)


def test_a_code_is_printed_in_groups():
    assert format_code("7KQF2M9DXW4H8TRC") == "7KQF-2M9D-XW4H-8TRC"


@given(st.text(alphabet=ALPHABET, min_size=16, max_size=16))
def test_a_printed_code_reads_back(code):
    printed = format_code(code)
    assert read_code(printed) == code
    assert read_code(printed.lower().replace("-", " ")) == code
    assert read_code(printed.replace("0", "o").replace("1", "l")) == code


def test_the_stored_digest_depends_on_the_secret_key(settings):
    settings.SECRET_KEY = "a" * 50
    one = code_digest("7KQF2M9DXW4H8TRC")
    settings.SECRET_KEY = "b" * 50
    two = code_digest("7KQF2M9DXW4H8TRC")
    assert len(one) == 64
    assert one != two
    assert code_digest("x") != name_digest("x")


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, None), (4, None), (5, 15), (6, 30), (7, 60), (400, 60)]
)
def test_the_lock_grows_to_an_hour(failures, minutes):
    assert lock_length(failures) == (timedelta(minutes=minutes) if minutes else None)


def test_failures_are_forgotten_after_a_day():
    assert failures_so_far(4, NOW - timedelta(hours=23, minutes=59), NOW) == 4
    assert failures_so_far(4, NOW - timedelta(hours=24), NOW) == 0
