"""What the crowd promises: a head for the division's results, everybody else for a part of them."""

from random import Random

from config.demo.crowd.agencies import Agency, Division, Topic
from config.demo.texts import DemoResult, days, extra, quality, quantity, result
from skp.enums import CascadeMethod

# How a worker's share of a topic is put; "{}" is the topic's work.
WAYS = (
    "Terlaksananya {} sesuai rencana kerja",
    "Tersedianya data dan bahan {} yang akurat",
    "Terdokumentasikannya hasil {} secara lengkap",
    "Tersampaikannya laporan {} tepat waktu",
)
EXTRAS = (
    ("Tersusunnya laporan kegiatan peringatan hari jadi kabupaten", "Laporan panitia yang disusun"),
    ("Terlaksananya tugas tim percepatan penurunan stunting", "Laporan tim yang disusun"),
    ("Terlaksananya pendataan aset di lingkungan unit kerja", "Daftar aset yang dimutakhirkan"),
)
EXTRA_SHARE = 0.15


def head_results(goals: tuple[Topic, ...], *, serves: int | None) -> tuple[DemoResult, ...]:
    """The results of a head; with ``serves`` the n-th serves the superior's result n modulo ``serves``."""
    return tuple(
        result(
            goal.outcome,
            quantity(goal.measure, str(goal.target), goal.unit),
            quality("Kesesuaian hasil dengan standar yang ditetapkan", "90", "persen", target_max="95"),
            serves=None if serves is None else number % serves,
        )
        for number, goal in enumerate(goals)
    )


def worker_results(division: Division, people: int, chance: Random, *, served: int) -> tuple[DemoResult, ...]:
    """Two results on two topics of the division; ``served`` is how many results the superior has."""
    ways = chance.sample(WAYS, 2)
    topics = chance.sample(range(len(division.topics)), 2)
    made = [
        _worker_result(division.topics[place], way, people, chance, serves=place % served)
        for place, way in zip(topics, ways, strict=True)
    ]
    if chance.random() < EXTRA_SHARE:
        text, measure = chance.choice(EXTRAS)
        made.append(extra(text, quantity(measure, "2", "laporan"), assigned_by=division.head_title))
    return tuple(made)


def _worker_result(topic: Topic, way: str, people: int, chance: Random, *, serves: int) -> DemoResult:
    share = max(topic.target // max(people, 1), 4)
    third = (
        days("Rata-rata waktu penyelesaian", str(chance.choice((2, 3, 5, 7))))
        if chance.random() < 0.5
        else quality("Hasil yang diterima tanpa perbaikan", str(chance.choice((85, 90, 95))), "persen")
    )
    method = CascadeMethod.DIRECT if chance.random() < 0.7 else CascadeMethod.NON_DIRECT
    return result(
        way.format(topic.work),
        quantity(f"{topic.piece.capitalize()} yang ditangani", str(share), topic.piece),
        third,
        serves=serves,
        method=method,
    )


def goals_of(agency: Agency) -> tuple[DemoResult, ...]:
    """The results of an agency's head, who serves nobody's result: the performance agreement is meant."""
    return head_results(agency.goals, serves=None)
