"""The command as an operator runs it."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from assessments.enums import Rating
from assessments.inputs import Ratings, ScoredInput
from assessments.judging import judged
from assessments.schemes.settings import DEFAULTS
from skp.enums import Regime
from tests.assessments.test_score_input import numeric


def run(text: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "calculate_score"],
        env={**os.environ, **environment},
        cwd=settings.BASE_DIR,
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def answer(given: object, tmp_path: Path) -> dict[str, object]:
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(given), encoding="utf-8")
    out = io.StringIO()
    call_command("calculate_score", str(file), stdout=out)
    parsed: dict[str, object] = json.loads(out.getvalue())
    return parsed


def refusal(file: Path) -> tuple[str, int]:
    with pytest.raises(CommandError) as error:
        call_command("calculate_score", str(file), stdout=io.StringIO())
    return str(error.value), error.value.returncode


def test_numeric_answer_has_exactly_its_keys(tmp_path: Path) -> None:
    given = answer(numeric(), tmp_path)

    assert list(given) == [
        "skp",
        "behaviour",
        "final",
        "category",
        "national",
        "four",
        "rule_version",
        "steps",
    ]
    assert (given["skp"], given["behaviour"], given["final"]) == ("116.00", "105.00", "112.70")
    assert (given["category"], given["national"], given["four"]) == ("Baik", "Baik", "Baik")
    assert isinstance(given["steps"], list)
    assert all(set(step) == {"label", "formula", "value"} for step in given["steps"])


def test_new_idea_makes_it_very_good(tmp_path: Path) -> None:
    given = answer(numeric(new_idea=True), tmp_path)

    assert (given["category"], given["four"]) == ("Sangat Baik", "Memuaskan")


def test_values_have_two_decimals_down_to_zero(tmp_path: Path) -> None:
    given = numeric(position="jpt", behaviour=[0])
    given["results"][0]["indicators"][0]["realisation"] = 0
    scored = answer(given, tmp_path)

    assert (scored["skp"], scored["behaviour"], scored["final"]) == ("0.00", "0.00", "0.00")
    assert (scored["category"], scored["four"]) == ("Sangat Kurang", "Sangat Buruk")


def test_quadrant_answers_two_words(tmp_path: Path) -> None:
    given = {"regime": "quadrant", "results_rating": "below", "behaviour_rating": "below"}

    assert answer(given, tmp_path) == {"national": "Sangat Kurang", "four": "Sangat Buruk"}


def test_without_file_it_reads_standard_input() -> None:
    done = run(json.dumps(numeric()))

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["final"] == "112.70"


def test_text_streams_are_read_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(numeric())))
    out = io.StringIO()
    call_command("calculate_score", stdout=out)

    assert json.loads(out.getvalue())["skp"] == "116.00"


def test_a_fault_is_one_line_on_the_error_stream_and_exit_code_2() -> None:
    done = run(json.dumps(numeric(weights="80/20")))

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "CommandError: weights: harus salah satu dari 70/30, 60/40.\n"


def test_pp46_is_refused() -> None:
    done = run('{"regime": "pp46"}')

    assert done.returncode == 2
    assert "regime: pp46 belum dapat dihitung, pilih numeric atau quadrant." in done.stderr


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    message, code = refusal(tmp_path / "none.json")

    assert code == 2
    assert message.startswith("FILE: ")
    assert "none.json tidak dapat dibaca" in message


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    message, code = refusal(tmp_path)

    assert (code, message.endswith("tidak dapat dibaca (Is a directory).")) == (2, True)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_bytes(b"\xff\xfe{\x00")

    assert refusal(file) == ("masukan: bukan teks UTF-8.", 2)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(numeric()).encode())
    out = io.StringIO()
    call_command("calculate_score", str(file), stdout=out)

    assert json.loads(out.getvalue())["final"] == "112.70"


def test_it_needs_no_database() -> None:
    done = run(json.dumps(numeric()), DATABASE_URL="postgres://nobody@127.0.0.1:1/none")

    assert done.returncode == 0
    assert json.loads(done.stdout)["final"] == "112.70"


@pytest.mark.parametrize("results", list(Rating))
@pytest.mark.parametrize("behaviour", list(Rating))
def test_two_ratings_say_what_a_stored_version_says(
    tmp_path: Path, results: Rating, behaviour: Rating
) -> None:
    told = answer(
        {"regime": "quadrant", "results_rating": results.value, "behaviour_rating": behaviour.value}, tmp_path
    )
    version = judged(ScoredInput(Regime.QUADRANT, "", DEFAULTS, Ratings(results, behaviour), None))
    assert told == {"national": version.national.label, "four": version.four.label}
