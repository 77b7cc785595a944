"""Templates and crests that headquarters sent, laid ready for printing by name and hash.

What ships with the program lies in resources/templates; these lie in the database, which nothing in
this package knows. Both are named by what they hold, so a thing once laid here is never another.
"""

from __future__ import annotations

from app.certificates.spelling import hash12

_templates: dict[tuple[str, bytes], bytes] = {}
_crests: dict[str, bytes] = {}


def lay_template(name: str, raw: bytes) -> bytes:
    """Lay a template's file ready; returns its hash (12 bytes)."""
    digest = hash12(raw)
    _templates[name, digest] = raw
    return digest


def lay_crest(file: str, raw: bytes) -> None:
    """Lay a crest's picture ready under its file's name, which is its hash; that is tested at use."""
    _crests[file] = raw


def template(name: str, digest: bytes) -> bytes | None:
    """The template of this name and hash; None where it was not laid ready."""
    return _templates.get((name, digest))


def crest(file: str) -> bytes | None:
    """The picture of this name; None where it was not laid ready."""
    return _crests.get(file)
