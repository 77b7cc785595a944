"""A class with made-up people to report on."""

from __future__ import annotations

from datetime import date

from app.domain import calendar
from app.domain.attendance import Policy, Status, tally
from app.domain.cards import card_text
from app.domain.completion import Lack, Missing, Outcome
from app.domain.ids import ModuleCode
from app.domain.progress import ModuleState, average
from app.reports.rows import (
    Attendance,
    AttendanceLine,
    CardLine,
    CardSet,
    Cells,
    ClassHead,
    Completion,
    CompletionLine,
    ModuleHead,
    ModuleScore,
    ScoreLine,
    Scores,
    SessionHead,
    Signatory,
)

LONG_NAME = "Raden Ajeng Siti Kusumaningtyas Hadiningrat Prawirodirdjo SE"
"""60 letters."""
NIK = "8271035409890001"
_CYCLE = [
    Status.PRESENT,
    Status.PRESENT,
    Status.LATE,
    Status.PRESENT,
    Status.SICK,
    Status.PRESENT,
    Status.ABSENT,
]

HEAD = ClassHead(
    letterhead=("KEMENTERIAN KETENAGAKERJAAN", "DIREKTORAT JENDERAL", "BALAI PELATIHAN TERNATE"),
    centre="BPVP Ternate",
    programme="Kewirausahaan bagi Usaha Mikro dan Kecil",
    class_code="KWU-08/2026",
    class_title="Kewirausahaan UMK",
    intake="VIII",
    first_day=date(2026, 11, 9),
    last_day=date(2026, 11, 20),
    room="Aula",
    place="Ternate",
    printed_on=date(2026, 11, 20),
    signatories=(
        Signatory("Instruktur", "Nurlaila Hamid", "19850214"),
        Signatory("Koordinator", "Anwar Soleman"),
    ),
)


def name(number: int) -> str:
    """The name of a person: the third has a very long one, the fourth a formula, the rest plain ones."""
    return {3: LONG_NAME, 4: "=1+1"}.get(number, f"Peserta{number:03}")


def attendance(people: int, sessions: int = 10, cells: Cells = Cells.MARKS) -> Attendance:
    """The attendance of a class; the second of its sessions did not happen."""
    planned = calendar.schedule(HEAD.first_day, sessions)
    heads = tuple(SessionHead(s.number, s.day, not_held=s.number == 2) for s in planned)
    lines = []
    for number in range(1, people + 1):
        marks = tuple(None if h.not_held else _CYCLE[(number + h.number) % 7] for h in heads)
        counted = tally([m for m in marks if m], Policy(), sessions - 1)
        lines.append(AttendanceLine(number, name(number), NIK, marks, counted))
    return Attendance(HEAD, heads, tuple(lines), cells, minimum=8_000)


def scores(people: int, modules: int = 12, pre_tests: bool = False) -> Scores:
    """The scores of a class; the first person fails the first module and has prior learning for the last."""
    heads = tuple(
        ModuleHead(f"KWU-{n:02}", f"Modul panjang nomor {n}", 3, 7_000) for n in range(1, modules + 1)
    )
    lines = []
    for number in range(1, people + 1):
        row = [ModuleScore(ModuleState.DONE, 4_050, 7_000 + 50 * (number % 40)) for _ in heads]
        if number == 1:
            row[-1] = ModuleScore(ModuleState.RECOGNISED)
            row[0] = ModuleScore(ModuleState.DONE, None, 6_450)
        lines.append(ScoreLine(number, name(number), NIK, tuple(row), average(s.post for s in row)))
    return Scores(HEAD, heads, tuple(lines), pre_tests)


def completion(people: int) -> Completion:
    """A completion list in which every third person has not passed."""
    lacks = (
        Missing(Lack.ATTENDANCE_BELOW, has=7_250, needs=8_000, final=True),
        Missing(Lack.POST_MISSING, ModuleCode("KWU-07"), "Harga pokok produksi (HPP)"),
    )
    return Completion(
        HEAD,
        tuple(
            CompletionLine(n, name(n), NIK, 7_250, 7_900, Outcome.NOT_PASSED, None, lacks, "Pindah kelas")
            if n % 3 == 0
            else CompletionLine(
                *(n, name(n), NIK, 10_000, 8_550, Outcome.PASSED, "Memuaskan"),
                certificate_number=f"{n:04}/BPVP-TTE/KWU/VIII/XI/2026",
            )
            for n in range(1, people + 1)
        ),
    )


def cards(people: int) -> CardSet:
    """Cards with the codes of made-up ids."""
    ids = [bytes(6) + bytes([0x80, 0, 0x80]) + number.to_bytes(7, "big") for number in range(people)]
    return CardSet(HEAD, tuple(CardLine(n, name(n), NIK, card_text(i)) for n, i in enumerate(ids, 1)))
