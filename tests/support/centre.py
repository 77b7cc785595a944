"""A centre's data folder as the window opens it, with a published programme, serials, and classes in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.storage import workplace
from app.storage.workplace import Workplace
from tests.support.issuing import Authorities
from tests.support.laptop import CENTRE, Clock, Laptop, Office, hand_over, publish


@dataclass(slots=True)
class Centre:
    """The open folder, its database as tests of actions take it, and the office it belongs to."""

    opened: Workplace
    laptop: Laptop
    office: Office
    headquarters: Laptop
    authorities: Authorities


def centre(folder: Path, serials: int = 20) -> Centre:
    """A folder set up by an office that has published the made-up programme and leased so many serials."""
    folder.mkdir(parents=True, exist_ok=True)
    office, authorities, clock = Office(folder), Authorities(), Clock()
    headquarters = office.headquarters()
    publish(headquarters)
    authorities.publish(headquarters)
    identity = office.laptop().identity
    opened, _ = workplace.create(folder / "data", identity, CENTRE, None, lambda store: None, clock)
    laptop = Laptop(opened.store, identity, clock)
    if serials:
        authorities.lease(headquarters, laptop, 1, serials)
    hand_over(headquarters, laptop)
    return Centre(opened, laptop, office, headquarters, authorities)
