"""The bundle (`*.balai`): the same frames as on the wire, sealed for a list of recipients, in one file.

Written and read as a stream, so that neither its size nor a stick pulled out too early matters:
a torn file yields every frame that is whole. docs/formats/sync.md, section 8.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import BinaryIO, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.errors import SyncTrouble
from app.journal import device_certificate
from app.journal.device_certificate import DeviceCertificate
from sync.protocol import sealing, signing
from sync.protocol.bundle_header import WHAT, Header, Wrap, kid4, pack_header, parse_header
from sync.protocol.cbor import Items, Malformed, Torn, dumps, loads
from sync.protocol.enrolment import raw_public
from sync.protocol.exchange import MAX_FRAME, MAX_HEAD, Heads, parse_heads

MAGIC = b"BALAI1\r\n"
CONTEXT = b"balai/bundle/1\0"
KEY_CONTEXT = b"balai/bundle-key/1\0"
CHUNK = 65_536
TAG_BYTES = 16
MAX_HEADER = 1024 * 1024
FRAME, ACKS, BLOB, END = "frame", "acks", "blob", "end"


class Blob(NamedTuple):
    """A piece of something big that a change names by its SHA-256."""

    hash: bytes
    offset: int
    data: bytes


class Secrets(NamedTuple):
    """The random parts of one bundle: content key (32 bytes) and a source of ephemeral keys."""

    content: bytes
    ephemeral: Callable[[], X25519PrivateKey]

    @classmethod
    def fresh(cls) -> Secrets:
        """Random ones."""
        return cls(ChaCha20Poly1305.generate_key(), X25519PrivateKey.generate)


class Writer:
    """Writes one bundle: items one after another, then `close`. The file's durability is the caller's."""

    def __init__(
        self,
        out: BinaryIO,
        header: Header,
        key: Ed25519PrivateKey,
        recipients: Sequence[bytes],
        secrets: Secrets,
    ) -> None:
        """`header` comes without wraps; `recipients` are raw box keys, each of whom can read everything."""
        wraps = tuple(_wrap(header.bundle, box, secrets) for box in recipients)
        raw = pack_header(replace(header, wraps=wraps))
        out.write(MAGIC + len(raw).to_bytes(4, "big") + raw + key.sign(CONTEXT + raw))
        self._out, self._key, self._bundle = out, key, header.bundle
        self._cipher, self._aad = ChaCha20Poly1305(secrets.content), sha256(raw).digest()
        self._pending, self._number = bytearray(), 0

    def frame(self, frame: bytes) -> None:
        """Adds a frame."""
        self._add([FRAME, frame])

    def acks(self, acks: Heads) -> None:
        """Adds what lies on headquarters' disk, signed by the sender, which must be headquarters."""
        packed = {log: list(acks[log]) for log in sorted(acks)}
        self._add([ACKS, packed, self._key.sign(_acks_signed(self._bundle, packed))])

    def blob(self, blob: Blob) -> None:
        """Adds a piece of something big."""
        self._add([BLOB, *blob])

    def close(self) -> None:
        """Writes the end; without it the file counts as torn."""
        self._add([END])
        self._chunk(last=True)

    def _add(self, item: list[object]) -> None:
        self._pending += dumps(item)
        while len(self._pending) > CHUNK:
            self._chunk(last=False)

    def _chunk(self, last: bool) -> None:
        nonce = _nonce(self._number, last)
        sealed = self._cipher.encrypt(nonce, bytes(self._pending[:CHUNK]), self._aad)
        del self._pending[:CHUNK]
        self._number += 1
        self._out.write(len(sealed).to_bytes(4, "big") + sealed)


class Reader:
    """Reads one bundle: the header at once, the items as a stream.

    Raises Malformed when the file is no bundle, Torn when it ends within its header.
    """

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        if _exactly(source, len(MAGIC)) != MAGIC:
            raise Malformed(WHAT)
        length = int.from_bytes(_exactly(source, 4), "big")
        if length > MAX_HEADER:
            raise Malformed(WHAT)
        self._raw = _exactly(source, length)
        self._signature = _exactly(source, signing.SIGNATURE_BYTES)
        self.header = parse_header(self._raw)
        self.complete = False

    def sender(self, enrolment_key: bytes) -> DeviceCertificate:
        """Who wrote the bundle, judged by headquarters' public enrolment key.

        Raises Refused('device-certificate-invalid' | 'device-certificate-foreign') and
        SyncTrouble('bundle-tampered') when the sender did not sign this header.
        """
        certificate = device_certificate.verify(self.header.certificate, enrolment_key)
        if not signing.holds(certificate.public_key, self._signature, CONTEXT + self._raw):
            raise SyncTrouble("bundle-tampered")
        return certificate

    def items(self, box: X25519PrivateKey) -> Iterator[bytes | Heads | Blob]:
        """Frames (bytes), acknowledgements (Heads) and blobs; `complete` says afterwards whether it was all.

        Raises SyncTrouble('bundle-not-for-us') when the key is no recipient's, SyncTrouble('bundle-tampered')
        at the first changed chunk, after everything whole before it was given.
        """
        cipher = ChaCha20Poly1305(self._content_key(box))
        try:
            for raw in Items(self._plain(cipher), MAX_HEAD, WHAT):
                value = loads(raw, WHAT)
                if value == [END]:
                    self.complete = True
                    return
                yield self._item(value)
        except Torn:
            return

    def _content_key(self, box: X25519PrivateKey) -> bytes:
        ours = kid4(raw_public(box))
        for wrap in self.header.wraps:
            if wrap.kid4 == ours:
                try:
                    return sealing.unseal(
                        sealing.agreed_key(box, wrap.ephemeral, KEY_CONTEXT + self.header.bundle),
                        wrap.wrapped,
                    )
                except sealing.Unsealable as fault:
                    raise SyncTrouble("bundle-tampered") from fault
        raise SyncTrouble("bundle-not-for-us")

    def _plain(self, cipher: ChaCha20Poly1305) -> Iterator[bytes]:
        aad, number, last = sha256(self._raw).digest(), 0, False
        while not last:
            length = int.from_bytes(self._source.read(4), "big")
            if length == 0:  # the end of the file, or of what reached the disk of a stick
                return
            if not TAG_BYTES <= length <= CHUNK + TAG_BYTES:
                raise SyncTrouble("bundle-tampered")
            sealed = self._source.read(length)
            if len(sealed) < length:
                return
            plain, last = _opened(cipher, number, sealed, aad)
            yield plain
            number += 1

    def _item(self, value: object) -> bytes | Heads | Blob:
        match value:
            case ["frame", bytes(frame)] if len(frame) <= MAX_FRAME:
                return frame
            case ["acks", dict(packed), bytes(signature)]:
                return self._acks(packed, signature)
            case ["blob", bytes(found), int(offset), bytes(data)]:
                return Blob(found, offset, data)
        raise Malformed(WHAT)

    def _acks(self, packed: dict[bytes, list[object]], signature: bytes) -> Heads:
        sender = device_certificate.parse(self.header.certificate)
        if not signing.holds(sender.public_key, signature, _acks_signed(self.header.bundle, packed)):
            raise SyncTrouble("bundle-tampered")
        return parse_heads(packed, WHAT) or {}


def _opened(cipher: ChaCha20Poly1305, number: int, sealed: bytes, aad: bytes) -> tuple[bytes, bool]:
    """A chunk's plaintext, and whether it was sealed as the last one."""
    for last in (False, True):
        try:
            return cipher.decrypt(_nonce(number, last), sealed, aad), last
        except InvalidTag:
            continue
    raise SyncTrouble("bundle-tampered")


def _wrap(bundle: bytes, box: bytes, secrets: Secrets) -> Wrap:
    ephemeral = secrets.ephemeral()
    key = sealing.agreed_key(ephemeral, box, KEY_CONTEXT + bundle)
    return Wrap(kid4(box), raw_public(ephemeral), sealing.seal(key, secrets.content))


def _nonce(number: int, last: bool) -> bytes:
    return bytes(3) + number.to_bytes(8, "big") + bytes([last])


def _acks_signed(bundle: bytes, packed: dict[bytes, list[object]]) -> bytes:
    return signing.ACKS_CONTEXT + bundle + dumps(packed)


def _exactly(source: BinaryIO, length: int) -> bytes:
    data = source.read(length)
    if len(data) < length:
        raise Torn(WHAT)
    return data
