"""Certificates made of fixed seeds and made-up people, the same on every machine and every day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.certificates import backpage, credential, days, delegation, keys, status, trust
from app.certificates.backpage import Module, ModuleOutcome
from app.certificates.paper import template
from app.certificates.paper.content import Grade, PageContent, Signatory
from app.certificates.status import StatusList
from app.certificates.trust import Authority, StatusKey, TrustFile
from app.errors import Refused

TODAY = date(2026, 11, 24)
HOST = "sertifikat.example"
CENTRE = 10009
SERIAL = 100090000412
SALT = bytes(range(16))
TITLES = (
    "Produktivitas berusaha",
    "Konsep kewirausahaan",
    "Motivasi usaha",
    "Ide bisnis dan inovasi",
    "Business model canvas",
    "Pembukuan",
    "Harga pokok produksi (HPP)",
    "Pemasaran digital",
    "Legalitas: NIB, halal, PIRT",
    "Akses pembiayaan (KUR)",
    "Rencana usaha",
    "Praktik",
)
_JP = (3, 3, 2, 3, 4, 4, 4, 4, 3, 3, 4, 3)
_POINTS = (88, 86, 90, 84, 82, 80, 79, 89, 86, 83, 85, 88)


@contextmanager
def refused(code: str) -> Iterator[None]:
    """What is done inside must be refused with exactly this code."""
    with pytest.raises(Refused) as refusal:
        yield
    assert refusal.value.code == code


def key(number: int) -> Ed25519PrivateKey:
    """A private key from a seed of one repeated byte."""
    return keys.from_seed(bytes([number]) * 32)


ROOT, STANDBY, AUTHORITY, STATUS, DEVICE, STRANGER = (key(n) for n in range(1, 7))


def day(text: str) -> int:
    """A day of the formats from an ISO date."""
    return days.number(date.fromisoformat(text))


TRUST = TrustFile(
    counter=1,
    dated=day("2026-11-01"),
    next_update=day("2027-05-01"),
    host=HOST,
    roots=(keys.public(ROOT), keys.public(STANDBY)),
    authorities=(Authority(keys.public(AUTHORITY), "Pusat 2026", day("2026-01-01"), day("2028-12-31")),),
    status_keys=(StatusKey(keys.public(STATUS), 1),),
)
LIST = StatusList(epoch=1, number=1, dated=day("2026-11-23"), next_update=day("2026-12-23"))


def delegated(authority: Ed25519PrivateKey = AUTHORITY, **changes: int) -> bytes:
    """The delegation of device 2 of centre 10009: sequences 301 to 600 for a year."""
    values = {
        "centre": CENTRE,
        "device": 2,
        "not_before": day("2026-10-01"),
        "expires": day("2027-09-30"),
        "first": 301,
        "count": 300,
    }
    return delegation.issue(authority, keys.public(DEVICE), **(values | changes))


def back_page(lines: int = 12) -> bytes:
    """A back page of so many modules."""
    modules = [
        Module(f"KWU-{i + 1:02d}", _JP[i % 12], _POINTS[i % 12] * 100, ModuleOutcome.PASSED)
        for i in range(lines)
    ]
    return backpage.build(SALT, modules)


def certificate(
    *,
    serial: int = SERIAL,
    name: str = "Aisyah Rahmadani",
    programme: str = "Kewirausahaan bagi Usaha Mikro dan Kecil",
    signed: str = "2026-11-18",
    number: str | None = None,
    back: bytes | None = None,
    delegation_bytes: bytes | None = None,
) -> bytes:
    """A certificate of the sample device."""
    return credential.issue(
        DEVICE,
        delegated() if delegation_bytes is None else delegation_bytes,
        serial=serial,
        name=name,
        birth_date=day("1989-03-17"),
        programme=programme,
        jp=40,
        first_day=day("2026-11-09"),
        days=8,
        dated=day("2026-11-18"),
        signed=day(signed),
        back=back_page() if back is None else back,
        number=number,
    )


def trust_file(**changes: object) -> bytes:
    """The sample trust file, signed by the root."""
    return trust.build(ROOT, replace(TRUST, **changes))  # type: ignore[arg-type]  # the caller names fields


def status_list(**changes: object) -> bytes:
    """The sample status list, signed by the status key."""
    return status.build(STATUS, replace(LIST, **changes))  # type: ignore[arg-type]  # the caller names fields


def page(
    lines: int = 12,
    *,
    design: str = "kelulusan-1",
    name: str = "Aisyah Rahmadani",
    programme: str = "Kewirausahaan bagi Usaha Mikro dan Kecil",
    serial: int = SERIAL,
    **changes: object,
) -> PageContent:
    """What the sample certificate has on paper."""
    back = back_page(lines)
    content = PageContent(
        template=design,
        template_hash=template.digest(design),
        host=HOST,
        credential=certificate(name=name, programme=programme, serial=serial, back=back),
        back=back,
        number=f"{serial % 10_000_000:04d}/BPVP-TTE/KWU/VIII/XI/2026",
        birth_place="Tidore",
        nik_digits="9231",
        intake="Angkatan VIII",
        place="Ternate",
        letterhead=(
            "KEMENTERIAN KETENAGAKERJAAN REPUBLIK INDONESIA",
            "DIREKTORAT JENDERAL PEMBINAAN PELATIHAN VOKASI DAN PRODUKTIVITAS",
            "BALAI PELATIHAN VOKASI DAN PRODUKTIVITAS TERNATE",
        ),
        signatory=Signatory("Kepala Balai", "Drs. H. Anwar Soleman, M.Si.", "NIP 19700101 199503 1 000"),
        titles=tuple(TITLES[i % 12] for i in range(lines)),
        instructor=Signatory("Instruktur", "Nurlaila Hamid, S.E.", "NIP 19850214 201001 2 000"),
        average=8500,
        grade="Memuaskan",
        scale=(Grade(90, 100, "Sangat Memuaskan"), Grade(80, 89, "Memuaskan"), Grade(70, 79, "Lulus")),
        attendance=(10, 10),
        jp_minutes=45,
        sample=True,
    )
    return replace(content, **changes)  # type: ignore[arg-type]  # the caller names fields
