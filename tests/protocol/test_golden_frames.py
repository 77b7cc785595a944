"""Frames as they were first shipped are read for ever, and say what they said then."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sync.protocol import frame
from tests.protocol import every_kind, golden

FILES = sorted(golden.FOLDER.glob("*.frame"))


def test_there_are_golden_frames() -> None:
    assert {file.stem for file in FILES} >= {"class", "every-kind", "example", "odd"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_golden_frame_says_what_stands_beside_it(file: Path) -> None:
    expected, changes = golden.meant(json.loads(file.with_suffix(".json").read_text(encoding="utf-8")))
    found = frame.decode(file.read_bytes())
    assert found.frame == expected
    assert repr(found.changes) == repr(changes)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_a_golden_frame_says_can_be_sent_again(file: Path) -> None:
    expected, _ = golden.meant(json.loads(file.with_suffix(".json").read_text(encoding="utf-8")))
    assert frame.decode(frame.encode(expected)).frame == expected


def test_the_kinds_are_written_today_as_they_were_then() -> None:
    data = (golden.FOLDER / "every-kind.frame").read_bytes()
    assert repr(frame.decode(data).changes) == repr(every_kind.changes())
    assert (
        data.endswith(every_kind.payload())
        or frame.decode(golden.framed_head(every_kind.COUNT) + every_kind.payload()).frame
        == frame.decode(data).frame
    )


def test_the_page_shows_the_example_as_it_is() -> None:
    page = (golden.FOLDER.parents[2] / "docs" / "formats" / "frame.md").read_text(encoding="utf-8")
    digits = (golden.FOLDER / "example.frame").read_bytes().hex()
    example = page.partition("## 5.")[2].partition("```")[2].partition("```")[0]
    shown = "".join(line.partition("  ")[0] for line in example.splitlines()).replace(" ", "")
    assert shown == digits
