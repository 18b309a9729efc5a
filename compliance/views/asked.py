"""What every page of the board is asked: by whom, of which year and stage; and the files it hands out."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import get_script_prefix, reverse

from compliance.enums import Which
from compliance.permissions import can_see_board, can_see_summary
from compliance.rules import Counts
from compliance.selectors.stages import BoardStage, chosen_stage, period_judged, stages_begun
from config.lib.csvfile import CONTENT_TYPE as CSV_TYPE
from config.lib.csvfile import csv_bytes
from config.lib.xlsx import CONTENT_TYPE as XLSX_TYPE
from config.lib.xlsx import Table, workbook
from orgunits.middleware import viewer_of
from orgunits.viewer import Viewer
from skp.models import Period


def board_viewer(request: HttpRequest) -> Viewer:
    """The viewer, who has a board; 404 for everybody else, who need not know of one."""
    viewer = viewer_of(request)
    if not can_see_board(viewer):
        raise Http404("Halaman tidak ditemukan.")
    return viewer


# Of a row of the board: each number with the address of the people behind it, empty for 0.
Numbers = tuple[tuple[int, str], ...]


def numbers_of(counts: Counts, people_url: str, **place: int | None) -> Numbers:
    """The four numbers; which one and ``place`` are added to ``people_url``, that ends with "?" or "&"."""
    where = "".join(f"&{key}={value}" for key, value in place.items() if value is not None)
    numbers = (
        (counts.obliged, Which.OBLIGED),
        (counts.fulfilled, Which.FULFILLED),
        (counts.agreed, Which.AGREED),
        (counts.late, Which.LATE),
    )
    return tuple(
        (number, f"{people_url}yang={which.value}{where}" if number else "") for number, which in numbers
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """The page's year and stage; the present ones for what was not asked or does not exist."""

    viewer: Viewer
    periods: list[Period]
    stages: list[BoardStage]
    stage: BoardStage | None

    @property
    def period(self) -> Period | None:
        return self.stage.period if self.stage else None

    def form(self) -> dict[str, Any]:
        """What the forms of the board's filters take."""
        return {"periods": self.periods, "stages": self.stages, "present": self.stage}

    def data(self, request: HttpRequest) -> QueryDict | None:
        """The address's choices with the stage that is shown; None when nothing was chosen."""
        if not request.GET:
            return None
        data = request.GET.copy()
        if self.stage is not None:
            data.setdefault("tahap", self.stage.key)
        return data

    def address(self, name: str, *place: object, **choice: object) -> str:
        """A page of the board for this year and stage; choices that are None are left out."""
        assert self.stage is not None
        fixed = {"tahun": self.stage.period.year, "tahap": self.stage.key}
        query = fixed | {key: value for key, value in choice.items() if value is not None}
        return f"{reverse(f'compliance:{name}', args=place)}?{urlencode(query)}"


def ask(request: HttpRequest) -> Asked:
    """Read the year and stage of the address, in one query; 404 for those without a board."""
    viewer = board_viewer(request)
    begun = stages_begun(viewer.today)
    periods = list(begun)
    year = request.GET.get("tahun", "")
    period = next((row for row in periods if str(row.year) == year), periods[0] if periods else None)
    stages = begun[period] if period else []
    stage = chosen_stage(stages, request.GET.get("tahap", ""), viewer.now)
    return Asked(viewer, periods, stages, stage or chosen_stage(stages, "", viewer.now))


def need_stage(asked: Asked) -> BoardStage:
    """The stage; 404 while there is no period."""
    if asked.stage is None:
        raise Http404("Belum ada periode.")
    return asked.stage


@dataclass(frozen=True, slots=True)
class AskedYear:
    """The year of a page of results; the one judged last for what was not asked or does not exist."""

    viewer: Viewer
    periods: list[Period]
    period: Period | None
    # The year shown when none is asked for.
    present: Period | None

    def need_period(self) -> Period:
        """The period; 404 while there is none."""
        if self.period is None:
            raise Http404("Belum ada periode.")
        return self.period

    def address(self, name: str, *place: object, **choice: object) -> str:
        """A page of the results for this year; choices that are None are left out."""
        fixed: dict[str, object] = {"tahun": self.need_period().year}
        query = fixed | {key: value for key, value in choice.items() if value is not None}
        return f"{_page(name, place, get_script_prefix())}?{urlencode(query)}"


@lru_cache(maxsize=512)
def _page(name: str, place: tuple[object, ...], prefix: str) -> str:
    """``prefix``: where the application is mounted."""
    return reverse(f"compliance:{name}", args=place)


def ask_year(request: HttpRequest) -> AskedYear:
    """Read the year of the address, in one query; 404 for those without a board."""
    viewer = board_viewer(request)
    begun = stages_begun(viewer.today)
    periods = list(begun)
    present = period_judged(begun, viewer.now)
    year = request.GET.get("tahun", "")
    period = next((row for row in periods if str(row.year) == year), present)
    return AskedYear(viewer, periods, period, present)


def file_of(kind: str, name: str, table: Table, notes: Iterable[tuple[str, str]]) -> HttpResponse:
    """The table as a download, with ``notes`` (what, value) on a workbook's second sheet; 404 otherwise."""
    if kind == "xlsx":
        about = Table("Keterangan", ("Hal", "Isi"), list(notes), (24, 60))
        response = HttpResponse(workbook([table, about]), content_type=XLSX_TYPE)
    elif kind == "csv":
        response = HttpResponse(csv_bytes(table), content_type=CSV_TYPE)
    else:
        raise Http404("Bentuk berkas tidak dikenal.")
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def tabs_of(viewer: Viewer, current: str, *, year: int, key: str = "") -> list[dict[str, object]]:
    """The parts of the board as links: the stages, the results, the pages of the whole regency."""
    parts = [("board", "Kepatuhan"), ("scores", "Hasil penilaian")]
    if can_see_summary(viewer):
        parts += [("summary", "Ringkasan"), ("evaluation", "Evaluasi")]
    return [
        {
            "name": label,
            "url": f"{reverse(f'compliance:{name}')}?{urlencode(_kept(name, year, key))}".rstrip("?"),
            "current": name == current,
            "count": None,
        }
        for name, label in parts
    ]


def _kept(name: str, year: int, key: str) -> dict[str, str | int]:
    """The year and stage go along between the parts that know a stage; results have a year of their own."""
    return {"tahun": year, "tahap": key} if key and name in ("board", "summary") else {}
