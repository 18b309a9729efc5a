"""Simulations of other numbers as tables of a file."""

from assessments.enums import FourPredicate
from assessments.selectors.simulation import Simulation
from config.lib.xlsx import Table

PEOPLE_HEADERS = ("NIP", "Nama", "Jabatan", "Semula", "Menjadi", "Nilai akhir semula", "Nilai akhir menjadi")


def simulation_tables(simulation: Simulation) -> tuple[Table, ...]:
    """Old by new words, the change of each OPD, and everybody whose word changes."""
    words = list(FourPredicate)
    matrix: list[tuple[str | int, ...]] = [
        (str(old.label), *(simulation.matrix.get((old, new), 0) for new in words)) for old in FourPredicate
    ]
    people = [
        (
            assessment.skp.owner.nip or "",
            assessment.skp.owner.full_name,
            assessment.skp.assignment.shown_title,
            str(change.before.four.label),
            str(change.after.four.label),
            change.before.final,
            change.after.final,
        )
        for assessment, change in simulation.people
    ]
    opds = [(row.name, row.counted, row.rise, row.fall) for row in simulation.opds]
    return (
        Table("Predikat", ("Semula", *(f"Menjadi {word.label}" for word in words)), matrix),
        Table("OPD", ("OPD", "Dinilai", "Naik", "Turun"), opds, (40, 12, 12, 12)),
        Table("Pegawai", PEOPLE_HEADERS, people, (22, 32, 32, 14, 14, 18, 18)),
    )
