"""The files every seed begins with: headquarters and laptops of two centres, enrolled and synced once."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from app.storage import workplace
from sync.client import enrolment as joining
from sync.client.driver import Driver, Manners
from sync.hq import authority, catalogue, centres, enrolment, keys
from sync.hq import headquarters as offices
from sync.hq.centres import CentreForm
from sync.hq.config import Config
from sync.hq.exchange import LocalExchange
from sync.hq.headquarters import Headquarters
from sync.protocol import enrolment as messages
from tests.simulation.world import HOST, HQ, Time, determined
from tests.support.databases import quick_folder
from tests.sync.conftest import PROGRAMME

HERE, THERE = 10009, 10010
LAPTOPS = {"a": HERE, "b": HERE, "c": HERE, "d": HERE, "x": THERE, "y": THERE}
BLOCK = 200


class Template(NamedTuple):
    """The files by path, and each laptop's recovery phrase."""

    files: dict[str, bytes]
    phrases: dict[str, str]

    def unpack(self, folder: Path, laptops: list[str]) -> dict[str, tuple[int, str]]:
        """Lay out headquarters and these laptops in the folder; returns their centres and phrases."""
        for path, content in self.files.items():
            if path.split("/")[0] in (HQ, *laptops):
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        return {name: (LAPTOPS[name], self.phrases[name]) for name in laptops}


@cache
def template() -> Template:
    """The template; it takes a second or two and is the same in every process."""
    time = Time()
    with quick_folder() as folder, determined("template", time):
        headquarters = _headquarters(folder / HQ, time)
        phrases = {name: _laptop(folder / name, headquarters, time) for name in LAPTOPS}
        headquarters.close()
        paths = [path for path in folder.rglob("*") if path.is_file()]
        return Template({str(path.relative_to(folder)): path.read_bytes() for path in paths}, phrases)


def _headquarters(folder: Path, time: Time) -> Headquarters:
    config = Config("sqlite:///headquarters.sqlite", HOST, "verify.example", block=BLOCK)
    made = offices.create(folder, config, time)
    with made.write() as session:
        authority.sign_trust(made, session, keys.root(folder))
    with made.write() as session:
        authority.sign_status(made, session)
        for code in (HERE, THERE):
            centres.publish(session, CentreForm(code, f"Balai {code}", short=f"BPVP-{code}"))
        catalogue.publish(session, catalogue.read(PROGRAMME))
    return made


def _laptop(folder: Path, headquarters: Headquarters, time: Time) -> str:
    link = LocalExchange(headquarters)
    with patch.object(messages, "stretch", lambda code: sha256(code.encode()).digest()):
        code = enrolment.make_code(headquarters, LAPTOPS[folder.name], "administrator")
        pending = joining.begin(code, f"Laptop {folder.name}")
    done = joining.finish(pending, link.enrol(pending.request))
    place, phrase = workplace.create(
        folder,
        done.identity,
        done.grant.centre,
        done.grant.recovery,
        lambda store: joining.fill(store, done, ""),
        time,
    )
    Driver(place.store, link, place.advance, Manners()).run()
    place.close()
    return phrase
