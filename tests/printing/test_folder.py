"""One file a person: named so that it is found, on every system, and whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.certificates.paper import printing
from app.certificates.paper.content import PageContent
from app.domain.ids import Serial
from app.errors import StorageTrouble
from app.printing import folder
from tests.certificates import samples

NAMES = st.text(st.characters(codec="latin-1", exclude_categories=["C", "Z"]), min_size=1, max_size=80)


def test_a_class_is_written_as_files_of_their_own(
    class_pages: dict[Serial, PageContent], tmp_path: Path
) -> None:
    told: list[int] = []
    paths = folder.save(list(class_pages.values()), tmp_path / "kelas", told.append)
    assert paths[0].name == "10009-0000412-93 Orang 0.pdf"
    assert [path.read_bytes() for path in paths] == list(printing.render_each(class_pages.values()))
    assert told == [1, 2, 3, 4, 5]
    assert sorted(p.name for p in (tmp_path / "kelas").iterdir()) == sorted(p.name for p in paths)


def test_a_copy_lies_beside_the_original() -> None:
    page = samples.page()
    assert folder.file_name(printing.copy(page, 2)) == "10009-0000412-93 Aisyah Rahmadani (salinan 2).pdf"


@settings(max_examples=30)
@given(NAMES)
def test_any_name_makes_a_file_name_that_windows_takes_too(name: str) -> None:
    made = folder.file_name(samples.page(1, name=name))
    assert made.endswith(".pdf")
    assert not set(made) & set('<>:"/\\|?*')
    assert len(made.encode()) < 200
    assert not made.removesuffix(".pdf").endswith((" ", "."))


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_bytes(b"")
    with pytest.raises(StorageTrouble, match="print-folder-unwritable"):
        folder.save([samples.page()], tmp_path / "berkas")
