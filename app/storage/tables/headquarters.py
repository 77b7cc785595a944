"""What headquarters publishes: programmes, centres, instructors, devices, delegations, lists."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from app.storage.base import Blob, Day, Flag, Key, KeyDay, Keyed, KeyNumber, KeyText, Listed, Number, Text


class Programme(Keyed):
    """One version of a programme; `rule` is its completion and attendance rule as JSON."""

    __tablename__ = "programme"

    code: Mapped[KeyText]
    version: Mapped[KeyNumber]
    title: Mapped[Text]
    rule: Mapped[Text]
    number_template: Mapped[Text]
    template: Mapped[Text]
    gone: Mapped[Flag]


class Module(Keyed):
    """A module of a programme version; pass_mark in hundredths, empty = the programme's."""

    __tablename__ = "module"

    programme: Mapped[KeyText]
    version: Mapped[KeyNumber]
    code: Mapped[KeyText]
    title: Mapped[Text]
    jp: Mapped[Number]
    pass_mark: Mapped[Number]
    required: Mapped[Flag]
    place: Mapped[Number]
    unit_code: Mapped[Text]
    material: Mapped[Blob]
    gone: Mapped[Flag]


class Centre(Keyed):
    """A training centre, its place, letterhead and signatory."""

    __tablename__ = "centre"

    code: Mapped[KeyNumber]
    name: Mapped[Text]
    full_name: Mapped[Text]
    short: Mapped[Text]
    parent: Mapped[Number]
    city: Mapped[Text]
    regency_code: Mapped[Text]
    province_code: Mapped[Text]
    timezone: Mapped[Text]
    quota: Mapped[Number]
    letterhead: Mapped[Listed]
    signatory_title: Mapped[Text]
    signatory: Mapped[Text]
    signatory_nip: Mapped[Text]
    gone: Mapped[Flag]


class Instructor(Keyed):
    """An instructor in headquarters' list."""

    __tablename__ = "instructor"

    id: Mapped[Key]
    name: Mapped[Text]
    centre: Mapped[Number]
    nip: Mapped[Text]
    gone: Mapped[Flag]


class Policy(Keyed):
    """A setting that headquarters decides for everybody."""

    __tablename__ = "policy"

    name: Mapped[KeyText]
    value: Mapped[Text]
    gone: Mapped[Flag]


class Holiday(Keyed):
    """Headquarters' word on a day: closed or open, against the official list."""

    __tablename__ = "holiday"

    day: Mapped[KeyDay]
    title: Mapped[Text]
    closed: Mapped[Flag]
    gone: Mapped[Flag]


class Device(Keyed):
    """An enrolled device, and since when it is revoked."""

    __tablename__ = "device"

    id: Mapped[Key]
    certificate: Mapped[Blob]
    revoked_on: Mapped[Day]
    reason: Mapped[Text]
    logs: Mapped[Listed]
    issuing: Mapped[Blob]
    box: Mapped[Blob]
    gone: Mapped[Flag]


class Delegation(Keyed):
    """A block of serials given to a device, with the signed power to issue them."""

    __tablename__ = "delegation"

    centre: Mapped[KeyNumber]
    first: Mapped[KeyNumber]
    device: Mapped[Blob]
    count: Mapped[Number]
    delegation: Mapped[Blob]
    gone: Mapped[Flag]


class TrustFile(Keyed):
    """A published trust file."""

    __tablename__ = "trust_file"

    counter: Mapped[KeyNumber]
    file: Mapped[Blob]
    gone: Mapped[Flag]


class StatusFile(Keyed):
    """A published status list."""

    __tablename__ = "status_list"

    epoch: Mapped[KeyNumber]
    counter: Mapped[KeyNumber]
    file: Mapped[Blob]
    gone: Mapped[Flag]


class Revocation(Keyed):
    """A certificate that headquarters revoked."""

    __tablename__ = "revocation"

    serial: Mapped[KeyNumber]
    reason: Mapped[Text]
    revoked_on: Mapped[Day]
    gone: Mapped[Flag]


class Publication(Keyed):
    """Something too big for a change: its length in bytes, and the hashes of the chunks that make it up."""

    __tablename__ = "publication"

    kind: Mapped[KeyText]
    name: Mapped[KeyText]
    length: Mapped[Number]
    chunks: Mapped[Listed]
    gone: Mapped[Flag]


class Erasure(Keyed):
    """A row whose personal content every holder drops (UU PDP 27/2022)."""

    __tablename__ = "erasure"

    row: Mapped[Key]
    erased_on: Mapped[Day]
    gone: Mapped[Flag]
