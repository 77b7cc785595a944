"""Templates as data: where each line stands, in which face and colour, and the words around the fields."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Annotated, Literal

import msgspec

from app.certificates.paper import shelf
from app.certificates.spelling import hash12
from app.errors import NotFound, Refused

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "templates"
_NAME = re.compile(r"[a-z0-9-]{1,60}")


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A line of text; millimetres from the top left, sizes and tracking in points.

    The first of `text` whose fields are all there is set; if none is, nothing. A line wider than `fit`
    is set smaller down to `least`, then in `lines` lines from `wrapped` points down, `leading` mm apart,
    the last of them at `y` + `drop`. `lift` raises a line that is set smaller by that part of the points
    it lost, so that it stays in the middle of its room. `needs` names a field without which the line is
    left out. `after` puts it that far behind the line before it. `anchor` "qr" moves it along with a symbol
    printed larger than usual, "letterhead" up into the room that a short letterhead leaves.
    """

    text: list[str]
    x: float
    y: float
    face: str
    size: float
    colour: str = "ink"
    align: Literal["left", "middle", "right"] = "left"
    tracking: float = 0.0
    fit: float | None = None
    least: float | None = None
    lines: int = 1
    wrapped: float | None = None
    leading: float | None = None
    drop: float = 0.0
    lift: float = 0.0
    needs: str | None = None
    after: float | None = None
    anchor: Literal["qr", "letterhead"] | None = None

    @property
    def fixed(self) -> bool:
        """Whether it is the same on every sheet, and so can be drawn once."""
        return not (self.needs or self.anchor or self.after or any(keys(t) for t in self.text))


class Column(Item, frozen=True, kw_only=True):
    """A column of the table on the back; `x` is the side to which it is aligned."""

    heading: str
    field: Literal["line", "code", "title", "jp", "score", "outcome"]
    text: list[str] = []
    y: float = 0.0


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """The table on the back: `rows` lines of `row` mm on a page, then it runs on."""

    left: float
    right: float
    top: float
    head: float
    row: float
    rows: int
    columns: list[Column]
    total: str
    total_without_average: str
    continued: str


class Crest(msgspec.Struct, frozen=True, kw_only=True):
    """An emblem: a file of the templates' folder named by its SHA-256, its middle and height in mm."""

    file: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\.(png|jpg)$")]
    x: float
    y: float
    height: float


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """The words and forms that fields are made with."""

    months: list[str]
    to: str
    decimal: str
    results: dict[str, str]
    outcomes: dict[str, str]
    sample: str
    copy: str
    attendance: str
    micro: str


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """A design of certificate. Its file never changes once certificates carry its hash.

    Without `crests` a plain shield stands where an emblem goes. `second` are the words of a second
    language: its fields are named as the first's, with `_2` behind.
    """

    title: str
    batch_title: str
    language: str
    faces: dict[str, str]
    colours: dict[str, str]
    words: Words
    second: Words | None = None
    crests: list[Crest] = []
    front: list[Item]
    back: list[Item]
    table: Table
    side: list[Item]
    close: list[Item]


@cache
def load(name: str, expected: bytes | None = None) -> Template:
    """The template of this name; `expected` is the hash a certificate was issued with.

    Raises NotFound("certificate-template-missing") or Refused("certificate-template-changed").
    """
    brought = None if expected is None else shelf.template(name, expected)
    if brought is not None:
        return read(brought)
    raw = _file(name)
    if expected is not None and hash12(raw) != expected:
        raise Refused("certificate-template-changed", template=name)
    return read(raw)


def read(raw: bytes) -> Template:
    """The template in a file's bytes; raises msgspec.MsgspecError where they are none."""
    return msgspec.json.decode(raw, type=Template)


@cache
def digest(name: str) -> bytes:
    """The hash (12 bytes) of a template that ships with the program, to be kept with each certificate."""
    return hash12(_file(name))


def names() -> list[str]:
    """The templates that ship with the program."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def name_fits(name: str) -> bool:
    """Whether a template can have this name: small letters, digits and hyphens, at most 60."""
    return _NAME.fullmatch(name) is not None


def shipped(name: str) -> bool:
    """Whether a template of this name ships with the program."""
    return name_fits(name) and (FOLDER / f"{name}.json").is_file()


@cache
def keys(pattern: str) -> tuple[str, ...]:
    """The fields a pattern needs."""
    return tuple(key for _, key, _, _ in Formatter().parse(pattern) if key)


def _file(name: str) -> bytes:
    if not shipped(name):
        raise NotFound("certificate-template-missing", template=name)
    return (FOLDER / f"{name}.json").read_bytes()
