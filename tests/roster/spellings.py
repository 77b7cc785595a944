"""Made-up people, and the many ways an office writes down one and the same fact about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from app.domain.nik import Sex

Value = str | int | float | date

MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
SHORT = ["Jan", "Peb", "Mrt", "Apr", "Mei", "Jun", "Jul", "Agt", "Sept", "Okt", "Nop", "Des"]
ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
FIRST = ["Siti", "Muhammad", "I Gede", "Nurul", "Hj. Aminah", "Drs. Eko", "Wa Ode Ratna", "Slamet"]
LAST = ["Rahmawati", "Santoso, S.E.", "Latupono", "Tampubolon", "Kasim", "Sirait, S.Pd", "Nainggolan"]
PLACES = ["Medan", "Lombok Timur", "Kota Ternate", "Sorong", "Baubau", "P. Siantar", "Tidore"]
BUSINESSES = [
    "Kedai Kopi Umar",
    "Jahit & Bordir",
    "Ikan Asap Total",
    "Warung 88",
    "Keripik Desa Jaya",
    "UD Jumlah",
]


@dataclass(frozen=True)
class Someone:
    name: str
    nik: str
    place: str
    born: date
    sex: Sex
    phone: str
    business: str
    nib: str
    capital: int
    sales: int
    address: str


def someone(rng: Random, number: int) -> Someone:
    born = date(1950, 1, 1) + timedelta(days=rng.randrange(365 * 55))
    sex = rng.choice(list(Sex))
    day = born.day + (40 if sex is Sex.FEMALE else 0)
    nik = f"{rng.choice(['650201', '920101', '127101', '357801'])}{day:02}{born:%m%y}{9000 + number:04}"
    national = f"8{rng.choice('12357')}{rng.randrange(10**8, 10**9)}"
    return Someone(
        name=" ".join(rng.choice(words) for words in (FIRST, LAST)[: rng.choice([1, 2, 2])])
        + chr(97 + number % 26),
        nik=nik,
        place=rng.choice(PLACES),
        born=born,
        sex=sex,
        phone="+62" + national,
        business=rng.choice(BUSINESSES),
        nib=f"{rng.randrange(10**12, 10**13)}",
        capital=rng.randrange(1, 900) * 1_000_000,
        sales=rng.randrange(1, 1900) * 1_000_000,
        address=f"Jl. Merdeka No. {number}, RT 02/RW 05",
    )


def date_text(rng: Random, born: date) -> str:
    d, m, y = born.day, born.month, born.year
    return rng.choice(
        [
            f"{d} {MONTHS[m - 1]} {y}",
            f"{d:02} {MONTHS[m - 1].upper()} {y}",
            f"{d} {SHORT[m - 1]} {y}",
            f"{d}-{SHORT[m - 1]}-{y % 100:02}",
            f"{d:02}-{m:02}-{y}",
            f"{d}/{m}/{y % 100:02}",
            f"{d:02}/{m:02}/{y}",
            f"{d:02}.{m:02}.{y}",
            f"{d} - {m} - {y}",
            f"{d:02}-{ROMAN[m - 1]}-{y}",
            born.isoformat(),
            f"{born.isoformat()} 00:00:00",
            f"{ENGLISH[m - 1]} {d}, {y}",
            f"{d} {ENGLISH[m - 1][:3]} {y}",
            f"{d:02}{m:02}{y}",
            f"{d:02} {m:02} {y}",
        ]
    )


def serial(born: date) -> int:
    return (born - date(1899, 12, 30)).days


def nik_text(rng: Random, nik: str) -> str:
    groups = [nik[:4], nik[4:8], nik[8:12], nik[12:]]
    options = [between.join(groups) for between in ("", " ", ".", "-")]
    options += ["'" + nik, f'"{nik}"', nik + "\u00a0", f" {nik}", f"NIK. {nik}"]
    options += [f"{nik[:6]} {nik[6:12]} {nik[12:]}"]
    return rng.choice(options)


def phone_value(rng: Random, phone: str) -> Value:
    rest = phone[3:]
    options: list[Value] = ["0" + rest, phone, "62" + rest, f"0{rest[:3]}-{rest[3:7]}-{rest[7:]}", int(rest)]
    options += [
        f"0{rest[:3]} {rest[3:7]} {rest[7:]}",
        f"(+62) {rest}",
        f"0{rest} / 0411-555123",
        f"WA: 0{rest}",
    ]
    return rng.choice(options)


def money_value(rng: Random, amount: int) -> Value:
    dots = f"{amount:,}".replace(",", ".")
    millions = amount // 1_000_000
    options: list[Value] = [
        amount,
        float(amount),
        f"Rp {dots}",
        f"Rp{dots},00",
        f"Rp. {dots},-",
        f"{amount:,}",
        dots,
    ]
    options += [f"{millions} juta", f"{millions}jt", f"Rp {millions} Juta", str(amount)]
    options += [f"{amount / 1e9:.3f} M".replace(".", ",")]
    return rng.choice(options)


def sex_text(rng: Random, sex: Sex) -> str:
    male = [
        "L",
        "l",
        "Lk",
        "Laki-laki",
        "Laki - laki",
        "LAKI-LAKI",
        "laki2",
        "Pria",
        "L.",
        "M",
        "Male",
        "Lelaki",
    ]
    female = ["P", "p", "Pr", "Perempuan", "PEREMPUAN", "Wanita", "P.", "F", "Female", "Pr."]
    return rng.choice(male if sex is Sex.MALE else female)


def nib_value(rng: Random, nib: str) -> Value:
    options: list[Value] = [nib, int(nib), f"{nib[:4]} {nib[4:8]} {nib[8:]}"]
    return rng.choice(options)
