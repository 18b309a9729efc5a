"""Evaluation beside policy as a table of a file."""

from collections.abc import Iterable, Sequence

from compliance.exports.results import answer_text, rounded
from compliance.selectors.evaluation import EvaluationRow
from config.lib.xlsx import CellValue, Table
from skp.models import Period


def evaluation_table(rows: Iterable[EvaluationRow], period: Period) -> Table:
    """Last year's results beside this year's planning; an empty cell stands for what is not known."""
    last, now = period.year - 1, period.year
    headers = (
        *("OPD", f"Predikat akhir {last}", f"Rata-rata {last}", f"Dihitung {last}", f"Wajib {now}"),
        *(f"Rencana terpenuhi {now} (%)", f"Disepakati {now} (%)", f"Terlambat {now}"),
        *(f"Predikat sementara {now}", "Perubahan predikat"),
    )
    return Table(f"Evaluasi {now}", headers, (_row(row) for row in rows), (46, 20, 12, 12, 10))


def _row(row: EvaluationRow) -> Sequence[CellValue]:
    counts = row.now.counts if row.now else None
    word = row.now.predicate if row.now else None
    return (
        row.name,
        answer_text(row.last.final) if row.last else "",
        row.last.tally.mean if row.last else None,
        row.last.tally.counted if row.last else None,
        counts.obliged if counts else None,
        rounded(counts.percent) if counts else None,
        rounded(row.agreed),
        counts.late if counts else None,
        str(word.label) if word else "",
        row.change,
    )
