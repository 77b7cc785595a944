"""The signature over a request: which device asks what of which host."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.protocol.cbor import Malformed, dumps

CONTEXT = b"balai/request/1\0"
ACKS_CONTEXT = b"balai/acks/1\0"
SIGNATURE_BYTES = 64


def sign_request(key: Ed25519PrivateKey, method: str, host: str, path: str, payload: bytes) -> bytes:
    """The body to send: `signature || payload`. `host` is the authority as it stands in the Host field."""
    return key.sign(_signed(method, host, path, payload)) + payload


def split_request(body: bytes) -> tuple[bytes, bytes]:
    """Signature and payload of a body; raises Malformed when it is too short for both."""
    if len(body) <= SIGNATURE_BYTES:
        raise Malformed("request")
    return body[:SIGNATURE_BYTES], body[SIGNATURE_BYTES:]


def request_holds(public_key: bytes, method: str, host: str, path: str, body: bytes) -> bool:
    """Whether the device with this raw public key signed this very request to this host."""
    signature, payload = split_request(body)
    return holds(public_key, signature, _signed(method, host, path, payload))


def holds(public_key: bytes, signature: bytes, signed: bytes) -> bool:
    """Whether the raw Ed25519 key made this signature over these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, signed)
    except (InvalidSignature, ValueError):
        return False
    return True


def _signed(method: str, host: str, path: str, payload: bytes) -> bytes:
    return CONTEXT + dumps([method, host, path, payload])
