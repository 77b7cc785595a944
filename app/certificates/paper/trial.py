"""A made-up certificate to try a template with, before it is published: long lines, every field filled."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.certificates import backpage, credential, delegation, keys
from app.certificates.backpage import Module, ModuleOutcome
from app.certificates.paper.content import Grade, PageContent, Signatory

_CENTRE, _SEQUENCE, _DAY = 99_999, 412, 20_775  # 18 November 2026
_TITLES = (
    "Pengenalan Usaha dan Pola Pikir Wirausaha",
    "Analisis Pasar dan Perilaku Konsumen di Daerah Kepulauan",
    "Perhitungan Harga Pokok Penjualan",
    "Pembukuan Sederhana",
)


def page(name: str, digest: bytes) -> PageContent:
    """The trial's content for a template of this name and hash; signed by keys that nobody trusts."""
    back = backpage.build(
        bytes(16),
        [Module(f"UJI-{i:02d}", 4, 8550, ModuleOutcome.PASSED) for i in range(1, len(_TITLES) + 1)],
    )
    return PageContent(
        template=name,
        template_hash=digest,
        host="contoh.example",
        credential=_credential(back),
        back=back,
        number=f"{_SEQUENCE:04d}/CONTOH/UJI/VIII/XI/2026",
        birth_place="Kepulauan Sula",
        nik_digits="0000",
        intake="Angkatan VIII",
        place="Ternate",
        letterhead=("BARIS PERTAMA KOP", "BARIS KEDUA KOP", "BALAI PELATIHAN CONTOH"),
        signatory=Signatory("Kepala Balai", "Drs. H. Nama Contoh, M.Si.", "NIP 19700101 199503 1 000"),
        titles=_TITLES,
        instructor=Signatory("Instruktur", "Nama Instruktur, S.E.", "NIP 19850214 201001 2 000"),
        average=8550,
        grade="Memuaskan",
        scale=(Grade(90, 100, "Sangat Memuaskan"), Grade(80, 89, "Memuaskan"), Grade(70, 79, "Lulus")),
        attendance=(10, 10),
        jp_minutes=45,
        replaces=_CENTRE * 10_000_000 + 1,
        sample=True,
        copy=1,
    )


def _credential(back: bytes) -> bytes:
    authority, device = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (201, 202))
    given = delegation.issue(
        authority,
        keys.public(device),
        centre=_CENTRE,
        device=1,
        not_before=_DAY - 1,
        expires=_DAY + 30,
        first=_SEQUENCE,
        count=1,
    )
    return credential.issue(
        device,
        given,
        serial=_CENTRE * 10_000_000 + _SEQUENCE,
        name="Nama Peserta yang Panjang Sekali untuk Dicoba",
        birth_date=7_015,
        programme="Program Pelatihan Contoh",
        jp=40,
        first_day=_DAY - 9,
        days=8,
        dated=_DAY,
        signed=_DAY,
        back=back,
        number=None,
    )
