"""``manage.py calculate_score [FILE]``: scores a plan given as JSON, with the application's own rules."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.schemes.numeric import numeric_score
from assessments.schemes.quadrant import quadrant_score
from assessments.schemes.types import NumericScore, QuadrantScore
from assessments.score_input import QuadrantInput, read_score_input
from config.lib.errors import DomainError

FAULT = 2


class Command(BaseCommand):
    """Reads FILE or standard input, writes the score with its worked steps; exit code 2 on a fault."""

    help = "Menghitung nilai SKP dari JSON dan mencetak hasil serta langkah hitungnya sebagai JSON."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", nargs="?", metavar="FILE", help="berkas JSON; tanpa FILE dibaca dari masukan standar"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            given = read_score_input(_text(options["file"]))
            if isinstance(given, QuadrantInput):
                answer = _quadrant_answer(quadrant_score(given.results, given.behaviour))
            else:
                answer = _numeric_answer(numeric_score(given))
        except DomainError as error:
            raise CommandError(str(error), returncode=FAULT) from error
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))


def _text(file: str | None) -> str:
    try:
        raw = Path(file).read_bytes() if file else _standard_input()
    except OSError as error:
        raise CommandError(
            f"FILE: {file} tidak dapat dibaca ({error.strerror}).", returncode=FAULT
        ) from error
    try:
        return raw.decode("utf-8-sig") if isinstance(raw, bytes) else raw
    except UnicodeDecodeError as error:
        raise CommandError("masukan: bukan teks UTF-8.", returncode=FAULT) from error


def _standard_input() -> bytes | str:
    """The bytes of standard input, or its text where it is no stream of bytes."""
    stream = getattr(sys.stdin, "buffer", sys.stdin)
    content: bytes | str = stream.read()
    return content


def _numeric_answer(score: NumericScore) -> dict[str, object]:
    outcome = score.outcome
    return {
        "skp": format(outcome.skp, "f"),
        "behaviour": format(outcome.behaviour, "f"),
        "final": format(outcome.final, "f"),
        "category": outcome.category.label,
        "national": outcome.national.label,
        "four": outcome.four.label,
        "rule_version": score.rule_version,
        "steps": [step.as_plain() for step in score.steps],
    }


def _quadrant_answer(score: QuadrantScore) -> dict[str, object]:
    return {"national": score.national.label, "four": score.four.label}
