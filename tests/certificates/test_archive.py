"""Every kind of certificate is a file for the archive (PDF/A-2b), as far as can be seen from outside."""

from __future__ import annotations

import io
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import msgspec
import pikepdf
import pytest
from PIL import Image, ImageCms, ImageDraw

from app.certificates.paper import crest, printing, profile, template
from app.certificates.paper.content import PageContent
from app.certificates.paper.template import Crest
from app.errors import NotFound
from tests.certificates import archive, gallery, samples


@pytest.mark.parametrize("case", gallery.CASES.values(), ids=gallery.CASES)
def test_every_case_of_the_gallery_can_be_archived(case: Callable[[], PageContent]) -> None:
    assert archive.faults(printing.render_one(case())) == []


def test_a_class_and_a_shifted_print_can_be_archived() -> None:
    pages = [samples.page(serial=samples.SERIAL + i, name=f"Ørang {i}") for i in range(3)]
    assert archive.faults(printing.render_class(pages)) == []
    assert archive.faults(printing.render_class(pages, shift=(1.5, -0.5))) == []


@pytest.mark.parametrize(
    ("key", "fault"),
    [("/OutputIntents", "output intent"), ("/Lang", "no language"), ("/AA", "forbidden /AA")],
)
def test_what_an_archive_would_refuse_is_noticed(key: str, fault: str) -> None:
    with pikepdf.open(io.BytesIO(printing.render_one(samples.page()))) as document:
        if key in document.Root:
            del document.Root[key]
        else:
            document.Root[key] = document.make_indirect(pikepdf.Dictionary())
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    assert fault in archive.faults(out.getvalue())


def test_the_colour_profile_is_srgb() -> None:
    colours = [(level, (7 * level) % 256, (13 * level) % 256) for level in range(256)]
    picture = Image.new("RGB", (256, 1))
    for x, colour in enumerate(colours):
        picture.putpixel((x, 0), colour)
    ours = ImageCms.ImageCmsProfile(io.BytesIO(profile.srgb()))
    seen = ImageCms.profileToProfile(picture, ours, ImageCms.createProfile("sRGB"))
    assert seen is not None
    assert seen.tobytes() == picture.tobytes()
    assert len(profile.srgb()) < 600


def emblem(kind: str = "PNG", side: int = 300) -> bytes:
    """A round red emblem on nothing."""
    drawn = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    ImageDraw.Draw(drawn).ellipse([0, 0, side - 1, side - 1], fill=(160, 20, 30, 255))
    out = io.BytesIO()
    drawn.convert("RGB" if kind == "JPEG" else "RGBA").save(out, kind)
    return out.getvalue()


@pytest.fixture
def with_crest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], str]:
    """Puts a crest's file and a template that names it into its own folder; gives the template's name."""

    def made(raw: bytes) -> str:
        file = f"{sha256(raw).hexdigest()}.png"
        (tmp_path / file).write_bytes(raw)
        design = template.load("kelulusan-1")
        placed = Crest(file=file, x=148.5, y=34.3, height=14)
        monkeypatch.setattr(template, "FOLDER", tmp_path)
        name = f"lambang-{file[:12]}-1"
        text = msgspec.json.encode(msgspec.structs.replace(design, crests=[placed]))
        (tmp_path / f"{name}.json").write_bytes(text)
        return name

    return made


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_an_emblem_given_with_the_template_is_printed_and_weighs_once(
    with_crest: Callable[[bytes], str], kind: str
) -> None:
    name = with_crest(emblem(kind))
    pages = [samples.page(design=name, serial=samples.SERIAL + i) for i in range(3)]
    one, three = printing.render_one(pages[0]), printing.render_class(pages)
    assert archive.faults(one) == []
    assert len(three) - len(one) < 15_000
    picture = gallery.pictures(pages[0])[0].convert("RGB")
    red = picture.getpixel((picture.width // 2, round(34.3 / 210 * picture.height)))
    assert isinstance(red, tuple)
    assert red[0] > 140 and red[1] < 50


def test_an_emblem_that_is_not_what_its_name_promises_is_refused(
    with_crest: Callable[[bytes], str], tmp_path: Path
) -> None:
    raw = emblem()
    name = with_crest(raw)
    placed = template.load(name).crests[0]
    (tmp_path / placed.file).write_bytes(raw + b"x")
    with samples.refused("certificate-crest-damaged"):
        crest.picture(placed)
    (tmp_path / placed.file).unlink()
    with pytest.raises(NotFound):
        crest.picture(placed)
    for bad in (b"GIF89a", emblem(side=crest.SIDE_MAX + 1), raw[: len(raw) // 2]):
        with samples.refused("certificate-crest-damaged"):
            file = f"{sha256(bad).hexdigest()}.png"
            (tmp_path / file).write_bytes(bad)
            crest.picture(Crest(file=file, x=0, y=0, height=10))


def test_a_crest_cannot_be_named_by_a_path() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"file":"../../etc/passwd","x":1,"y":1,"height":1}', type=Crest)
