"""Headquarters' settings: one JSON file in its folder, written by `balai-hq init`."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from app.errors import Refused, StorageTrouble
from app.storage.files import write_durably

NAME = "headquarters.json"


@dataclass(frozen=True, slots=True)
class Config:
    """`database` is an SQLAlchemy address (`sqlite:///…` or `postgresql+psycopg://…`).

    `host` is the authority that laptops sync with, `verify_host` the one QR codes lead to. `block` is how
    many serials one delegation holds; lives are in days.
    """

    database: str
    host: str
    verify_host: str
    block: int = 300
    delegation_days: int = 365
    device_days: int = 5 * 365
    authority_name: str = "Balai"


def save(folder: Path, config: Config) -> None:
    """Write the settings; raises StorageTrouble."""
    text = json.dumps(asdict(config), indent=2, ensure_ascii=False) + "\n"
    write_durably(folder / NAME, text.encode())


def load(folder: Path) -> Config:
    """The settings; raises Refused('hq-not-set-up'), StorageTrouble('hq-settings-damaged')."""
    path = folder / NAME
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as fault:
        raise Refused("hq-not-set-up", folder=str(folder)) from fault
    except (OSError, ValueError) as fault:
        raise StorageTrouble("hq-settings-damaged", path=str(path)) from fault
    kinds = {field.name: str if field.name in _TEXTS else int for field in fields(Config)}
    if not isinstance(found, dict) or any(type(found.get(name)) is not kind for name, kind in kinds.items()):
        raise StorageTrouble("hq-settings-damaged", path=str(path))
    return Config(**{name: found[name] for name in kinds})


_TEXTS = {"database", "host", "verify_host", "authority_name"}
