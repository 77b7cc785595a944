"""The names of rows: identifier types the type checker tells apart, and the one spelling of a class code."""

from __future__ import annotations

import re
import unicodedata
from typing import NewType

from app.errors import Refused

ParticipantId = NewType("ParticipantId", bytes)
"""16 bytes, UUIDv8: equal on two laptops that registered the same NIK at the same centre."""

PersonId = NewType("PersonId", bytes)
"""16 bytes, UUIDv8: somebody who works with the program."""

CentreCode = NewType("CentreCode", int)
"""1 to 99999, written with five digits: the centre's place in certificate serials."""

ClassCode = NewType("ClassCode", str)
"""Normalised and for ever: it is the key of the class. Titles may change instead."""

ProgrammeCode = NewType("ProgrammeCode", str)
ModuleCode = NewType("ModuleCode", str)

SessionNumber = NewType("SessionNumber", int)
"""1 for the first session of a class; a make-up session has a number of its own."""

Serial = NewType("Serial", int)
"""A certificate's serial: centre x 10^7 + sequence, without the check pair."""

CLASS_CODE_LENGTH = 40
_CLASS_CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9./-]*[A-Za-z0-9])?")


def class_code(text: str) -> ClassCode:
    """The class code in its one spelling: NFC, outer blanks off, capitals.

    1 to 40 of `A-Z 0-9 . / -`, a letter or digit at both ends. Tested before capitals are made, so that
    no foreign letter turns into one of these (the dotless i would). Raises Refused("class-code-invalid").
    """
    composed = unicodedata.normalize("NFC", text).strip()
    if len(composed) > CLASS_CODE_LENGTH or not _CLASS_CODE.fullmatch(composed):
        raise Refused("class-code-invalid", field="code", longest=CLASS_CODE_LENGTH)
    return ClassCode(composed.upper())
