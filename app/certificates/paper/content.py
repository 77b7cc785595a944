"""Everything on the paper that the template does not hold, frozen at issue: a reprint reads nothing else."""

from __future__ import annotations

from dataclasses import dataclass, fields

from app.certificates import backpage, credential
from app.certificates.backpage import BackPage
from app.certificates.credential import SERIAL_MAX, Credential
from app.certificates.delegation import SEQUENCES
from app.certificates.spelling import HASH12, Spelling
from app.domain.numbering import NUMBER_LENGTH
from app.errors import Refused

LIMIT = 14_000
LINES_OF_LETTERHEAD = 3
_SPELLING = Spelling("certificate-page-invalid", LIMIT)
_EDITION = 1


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs by hand: the office over the name, the name with degrees, the line below it (`NIP …`)."""

    office: str
    name: str
    line: str | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """One line of the scale of grades, whole points: `90 sampai 100 Sangat Memuaskan`."""

    low: int
    high: int
    name: str


@dataclass(frozen=True, slots=True)
class PageContent:
    """What is printed and not in the template. The signed part is the signed bytes themselves.

    `credential` and `back` hold name, dates, programme, JP, serial and results, so the paper cannot say
    anything else than the QR. `template` is a template's name, `template_hash` its 12-byte hash.
    `average` in hundredths of a point; `titles` are the modules' titles in the order of the back page;
    `attendance` = (attended, held) sessions; `nik_digits` the last four digits or None; `replaces` the
    serial this one takes the place of; `copy` n prints SALINAN ke-n (0 = the original).
    """

    template: str
    template_hash: bytes
    host: str
    credential: bytes
    back: bytes
    number: str
    birth_place: str | None
    nik_digits: str | None
    intake: str | None
    place: str
    letterhead: tuple[str, ...]
    signatory: Signatory
    titles: tuple[str, ...]
    instructor: Signatory | None = None
    average: int | None = None
    grade: str | None = None
    scale: tuple[Grade, ...] = ()
    attendance: tuple[int, int] | None = None
    jp_minutes: int | None = None
    replaces: int | None = None
    sample: bool = False
    copy: int = 0

    @property
    def signed(self) -> Credential:
        """The signed part, taken apart."""
        return credential.read(self.credential)

    @property
    def modules(self) -> BackPage:
        """The back page, taken apart."""
        return backpage.read(self.back)


def pack(page: PageContent) -> bytes:
    """The bytes to be stored with the issue; raises Refused("certificate-page-invalid")."""
    items: list[object] = [_EDITION, *(_item(getattr(page, f.name)) for f in fields(page))]
    raw = _SPELLING.encode(items)
    read(raw)
    return raw


def read(raw: bytes) -> PageContent:
    """The page these bytes hold; raises Refused("certificate-page-invalid")."""
    s = _SPELLING
    items = s.array(s.decode(raw), len(fields(PageContent)) + 1)
    s.integer(items[0], _EDITION, _EDITION)
    page = PageContent(
        template=s.text(items[1], 60),
        template_hash=s.raw(items[2], HASH12),
        host=s.text(items[3], 63),
        credential=_bytes(items[4]),
        back=_bytes(items[5]),
        number=s.text(items[6], NUMBER_LENGTH),
        birth_place=_text(items[7], 80),
        nik_digits=_text(items[8], 4),
        intake=_text(items[9], 80),
        place=s.text(items[10], 60),
        letterhead=tuple(s.text(line, 120) for line in s.array(items[11], 1, LINES_OF_LETTERHEAD)),
        signatory=_signatory(items[12]),
        titles=tuple(s.text(t, 160) for t in s.array(items[13], 1, backpage.MODULES_MAX)),
        instructor=None if items[14] is None else _signatory(items[14]),
        average=_integer(items[15], backpage.SCORE_MAX),
        grade=_text(items[16], 60),
        scale=tuple(_grade(g) for g in s.array(items[17], 0, 6)),
        attendance=None if items[18] is None else _attendance(items[18]),
        jp_minutes=_integer(items[19], 600),
        replaces=_integer(items[20], SERIAL_MAX),
        sample=bool(s.integer(items[21], 0, 1)),
        copy=s.integer(items[22], 0, 999),
    )
    _refuse_discord(page)
    return page


def _refuse_discord(page: PageContent) -> None:
    """One title a module, NIK digits that are digits, and a back page that is the front's."""
    try:
        signed, back = page.signed, page.modules
    except Refused as fault:
        raise Refused(_SPELLING.code) from fault
    nik = page.nik_digits
    sound = (
        len(page.titles) == len(back.modules)
        and signed.content.back == back.digest
        and (nik is None or (len(nik) == 4 and nik.isascii() and nik.isdigit()))
        and (page.replaces is None or page.replaces > SEQUENCES)
    )
    if not sound:
        raise Refused(_SPELLING.code)


def _item(value: object) -> object:
    """Tuples and dataclasses as lists, true and false as 1 and 0; the rest as it is."""
    if isinstance(value, tuple):
        return [_item(part) for part in value]
    if isinstance(value, Signatory | Grade):
        return [getattr(value, f.name) for f in fields(value)]
    return int(value) if isinstance(value, bool) else value


def _bytes(value: object) -> bytes:
    if type(value) is not bytes:
        raise Refused(_SPELLING.code)
    return value


def _text(value: object, limit: int) -> str | None:
    return None if value is None else _SPELLING.text(value, limit)


def _integer(value: object, high: int) -> int | None:
    return None if value is None else _SPELLING.integer(value, 0, high)


def _signatory(value: object) -> Signatory:
    office, name, line = _SPELLING.array(value, 3)
    return Signatory(_SPELLING.text(office, 80), _SPELLING.text(name, 120), _text(line, 60))


def _grade(value: object) -> Grade:
    low, high, name = _SPELLING.array(value, 3)
    return Grade(_SPELLING.integer(low, 0, 100), _SPELLING.integer(high, 0, 100), _SPELLING.text(name, 40))


def _attendance(value: object) -> tuple[int, int]:
    attended, held = (_SPELLING.integer(n, 0, 999) for n in _SPELLING.array(value, 2))
    return attended, held
