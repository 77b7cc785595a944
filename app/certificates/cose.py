"""COSE_Sign1 in the strict form of docs/formats/certificate.md: untagged, Ed25519, no spare headers."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.certificates import keys
from app.certificates.spelling import Spelling, encode
from app.errors import Refused

SIGNATURE = 64
_ALGORITHM = 1
_KID = 4
_EDDSA = -8
_UNNAMED = encode({_ALGORITHM: _EDDSA})
_NAMED = encode({_ALGORITHM: _EDDSA, _KID: bytes(keys.KID)})[: -keys.KID]


@dataclass(frozen=True, slots=True)
class Signed:
    """A message taken apart and not yet verified. `kid` is None where the protected header has none."""

    kid: bytes | None
    riding: bytes | None
    payload: bytes
    signature: bytes

    def verifies(self, public_key: bytes, external_aad: bytes) -> bool:
        """Whether the signature is that of `public_key` over this payload in this context."""
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(
                self.signature, _to_be_signed(self.kid, external_aad, self.payload)
            )
        except (InvalidSignature, ValueError):
            return False
        return True


def sign(key: Ed25519PrivateKey, payload: bytes, context: bytes) -> bytes:
    """A message whose protected header names the key and whose unprotected header is empty."""
    kid = keys.kid(keys.public(key))
    return _assemble(key, payload, context, kid, {})


def sign_riding(key: Ed25519PrivateKey, payload: bytes, external_aad: bytes, delegation: bytes) -> bytes:
    """A certificate: no kid, because the delegation that rides in the unprotected header names the key."""
    return _assemble(key, payload, external_aad, None, {"d": delegation})


def parse(raw: bytes, spelling: Spelling, *, named: bool) -> Signed:
    """Takes a message apart: with kid and empty unprotected header if `named`, else a certificate."""
    protected, unprotected, payload, signature = spelling.array(spelling.decode(raw), 4)
    if type(payload) is not bytes or type(protected) is not bytes or type(unprotected) is not dict:
        raise Refused(spelling.code)
    kid = _kid_in(protected) if named else None
    riding = unprotected.get("d")
    sound = (
        not unprotected and kid is not None
        if named
        else list(unprotected) == ["d"] and type(riding) is bytes and protected == _UNNAMED
    )
    if not sound:
        raise Refused(spelling.code)
    return Signed(kid, riding, payload, spelling.raw(signature, SIGNATURE))


def _kid_in(protected: bytes) -> bytes | None:
    if len(protected) != len(_NAMED) + keys.KID or not protected.startswith(_NAMED):
        return None
    return protected[len(_NAMED) :]


def _to_be_signed(kid: bytes | None, external_aad: bytes, payload: bytes) -> bytes:
    """Sig_structure of RFC 9052 section 4.4."""
    return encode(["Signature1", _protected(kid), external_aad, payload])


def _protected(kid: bytes | None) -> bytes:
    return _UNNAMED if kid is None else _NAMED + kid


def _assemble(
    key: Ed25519PrivateKey,
    payload: bytes,
    external_aad: bytes,
    kid: bytes | None,
    unprotected: dict[str, bytes],
) -> bytes:
    signature = key.sign(_to_be_signed(kid, external_aad, payload))
    return encode([_protected(kid), unprotected, payload, signature])
