"""Headquarters publishes a look: it arrives, new certificates have it, old ones keep theirs."""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from app.certificates.paper import content, printing, shelf, template
from app.errors import NotFound, Refused
from app.queries import programmes, publications
from sync import lane
from sync.hq import catalogue, designs
from tests.certificates.register import Centre, Desk, centre
from tests.support.laptop import PROGRAMME, Laptop

SHIPPED = template.FOLDER / "kelulusan-1.json"


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Centre]:
    with centre(tmp_path, 4) as opened:
        yield opened


@pytest.fixture(autouse=True)
def empty_shelf(monkeypatch: pytest.MonkeyPatch) -> None:
    """As after a start of the program."""
    monkeypatch.setattr(shelf, "_templates", {})
    monkeypatch.setattr(shelf, "_crests", {})
    for memory in (template.load, printing._ready, printing._forms, printing._usual, printing._base):
        memory.cache_clear()


def emblem(colour: str = "green") -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (60, 80), colour).save(drawn, "PNG")
    return drawn.getvalue()


def drawn(folder: Path, name: str = "kelulusan-2027", **changes: object) -> Path:
    """A template like the shipped one, in green, with a crest beside it."""
    document = json.loads(SHIPPED.read_text(encoding="utf-8"))
    document["colours"]["indigo"] = "0B5D3B"
    document["crests"] = [{"file": "lambang.png", "x": 148.5, "y": 34.3, "height": 16}]
    (folder / "lambang.png").write_bytes(emblem())
    path = folder / f"{name}.json"
    path.write_text(json.dumps(document | changes), encoding="utf-8")
    return path


def published(made: Centre, folder: Path, name: str = "kelulusan-2027", **changes: object) -> None:
    """Published by headquarters and used for the programme from now on."""
    with made.headquarters.write() as session:
        designs.publish(session, designs.read(drawn(folder, name, **changes)))
        designs.use(session, name, PROGRAMME.code)


def chunks_to(source: Laptop, target: Laptop) -> None:
    """What the lane brings; its own tests are in tests/sync."""
    with source.read() as session:
        held = [chunk for _, chunk in lane.held(session)]
    with target.write() as session:
        lane.take(session, publications.missing(session), held)


def looks(desk: Desk, page: content.PageContent) -> tuple[int, bytes]:
    """Pictures in the printed file, and its content of the front in a form to compare."""
    with pikepdf.open(io.BytesIO(printing.render_one(page))) as pdf:
        pictures = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and "/ColorSpace" in o]
        forms = [o.read_bytes() for o in pdf.objects if isinstance(o, pikepdf.Stream) and "/BBox" in o]
    return len(pictures), b"".join(forms)


def test_a_look_arrives_is_used_for_new_certificates_and_leaves_old_ones_alone(
    made: Centre, tmp_path: Path
) -> None:
    (old,) = made.one.issue(made.key, made.people[:1])
    before = printing.render_one(made.one.page(old))
    published(made, tmp_path)
    made.exchange()
    chunks_to(made.headquarters, made.one.laptop)
    (new,) = made.one.issue(made.key, made.people[1:2])
    page = made.one.page(new)
    assert page.template == "kelulusan-2027"
    pictures, forms = looks(made.one, page)
    assert pictures == 1
    assert b"0.043 0.365 0.231 rg" in forms, "the green of headquarters"
    assert printing.render_one(made.one.page(old)) == before
    assert made.one.page(old).template == "kelulusan-1"


def test_after_a_start_and_on_another_laptop_the_same_pdf_comes_out(made: Centre, tmp_path: Path) -> None:
    published(made, tmp_path)
    made.exchange()
    chunks_to(made.headquarters, made.one.laptop)
    (serial,) = made.one.issue(made.key, made.people[:1])
    first = printing.render_one(made.one.page(serial))
    shelf._templates.clear()
    shelf._crests.clear()
    for memory in (template.load, printing._ready, printing._forms, printing._usual, printing._base):
        memory.cache_clear()
    made.exchange()
    with pytest.raises(NotFound, match="certificate-template-missing"):
        printing.render_one(made.two.page(serial))
    chunks_to(made.headquarters, made.two.laptop)
    assert printing.render_one(made.two.page(serial)) == first


def test_nothing_is_issued_in_a_look_that_has_not_come_and_all_is_well_when_it_has(
    made: Centre, tmp_path: Path
) -> None:
    published(made, tmp_path)
    made.exchange()
    with pytest.raises(NotFound, match="certificate-template-missing"):
        made.one.issue(made.key, made.people[:1])
    assert made.one.rows(made.key) == []
    chunks_to(made.headquarters, made.one.laptop)
    assert len(made.one.issue(made.key, made.people[:1])) == 1


def test_a_look_is_a_name_for_ever(made: Centre, tmp_path: Path) -> None:
    published(made, tmp_path)
    with made.headquarters.write() as session:
        assert not designs.publish(session, designs.read(drawn(tmp_path))), "exactly the same"
        other = designs.read(drawn(tmp_path, title="Lain {name}"))
        with pytest.raises(Refused, match="template-name-taken"):
            designs.publish(session, other)
        with pytest.raises(Refused, match="template-name-taken"):
            designs.publish(session, designs.read(drawn(tmp_path, "kelulusan-1")))


def test_a_new_version_of_the_programme_keeps_the_look(made: Centre, tmp_path: Path) -> None:
    published(made, tmp_path)
    newer = dataclasses.replace(PROGRAMME, version=PROGRAMME.version + 1)
    with made.headquarters.write() as session:
        assert catalogue.publish(session, newer)
        assert programmes.template(session, newer.code, newer.version) == "kelulusan-2027"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"front": "no lines"}, "front"),
        ({"colours": {}}, ""),
        ({"faces": {"sans": "Comic"}}, ""),
        ({"faces": {}}, ""),
        ({"crests": [{"file": "tidak-ada.gif", "x": 1, "y": 1, "height": 1}]}, "tidak-ada.gif"),
        ({"crests": [{"file": "../lambang.png", "x": 1, "y": 1, "height": 1}]}, "lambang.png"),
        ({"words": {}}, "months"),
    ],
)
def test_a_look_that_cannot_be_drawn_is_refused_with_what_is_wrong(
    tmp_path: Path, changes: dict[str, object], why: str
) -> None:
    with pytest.raises(Refused, match="template-invalid") as refusal:
        designs.sample(designs.read(drawn(tmp_path, "kelulusan-2027", **changes)))
    assert why in str(refusal.value.facts["why"])


def test_a_crest_that_is_missing_or_no_picture_is_named(tmp_path: Path) -> None:
    path = drawn(tmp_path)
    (tmp_path / "lambang.png").write_bytes(b"no picture")
    with pytest.raises(Refused, match="certificate-crest-damaged"):
        designs.sample(designs.read(path))
    (tmp_path / "lambang.png").unlink()
    with pytest.raises(NotFound, match="hq-file-not-found"):
        designs.read(path)


def test_names_that_are_no_names_and_files_that_are_no_json_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="template-name-invalid"):
        designs.read(drawn(tmp_path, "Kelulusan 2027"))
    (tmp_path / "a.json").write_text("{", encoding="utf-8")
    (tmp_path / "b.json").write_text("[]", encoding="utf-8")
    for name in ("a.json", "b.json"):
        with pytest.raises(Refused, match="template-invalid"):
            designs.read(tmp_path / name)


def test_a_crest_goes_by_its_hash_in_what_is_published(tmp_path: Path) -> None:
    design = designs.read(drawn(tmp_path))
    name = f"{sha256(emblem()).hexdigest()}.png"
    assert design.crests == {name: emblem()}
    assert template.read(design.raw).crests[0].file == name


def test_only_what_is_published_can_be_used_and_only_for_programmes_there_are(
    made: Centre, tmp_path: Path
) -> None:
    with made.headquarters.write() as session:
        with pytest.raises(NotFound, match="template-unknown"):
            designs.use(session, "kelulusan-2027", PROGRAMME.code)
        with pytest.raises(NotFound, match="hq-programme-unknown"):
            designs.use(session, "kelulusan-1", "TIDAK-ADA")
