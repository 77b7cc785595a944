"""Signs a certificate's PDF for the e-file (PAdES, ETSI EN 319 142), where the office has a key for it.

Nothing on paper depends on this, and nothing here claims a certificate authority: the signature names the
signer that the given key names, and no more. pyHanko is loaded only when it is asked for.
"""

from __future__ import annotations

import io

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, SECP384R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import pkcs12 as containers

from app.errors import NotFound, Refused, SyncTrouble

FIELD = "Tanda tangan elektronik"
_RSA_LEAST = 2_048
_PATIENCE = 20
"""Seconds that a timestamp may take."""


def sign(pdf: bytes, pkcs12: bytes, passphrase: str | None, tsa_url: str | None = None) -> bytes:
    """The PDF with a signature by the key in a PKCS#12 file, appended so that what was there stays as it is.

    With `tsa_url` a timestamp (RFC 3161) from there is put into it (PAdES B-T, else B-B). Keys: P-256,
    P-384, or RSA from 2,048 bits; readers of PDF do not know Ed25519.
    Raises Refused("efile-key-unreadable" | "efile-key-unfit" | "efile-pdf-damaged"),
    NotFound("efile-library-missing"), SyncTrouble("efile-timestamp-missing").
    """
    _refuse_unfit(pkcs12, passphrase)
    try:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.pdf_utils.misc import PdfError
        from pyhanko.sign import fields, signers
        from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
    except ImportError as fault:
        raise NotFound("efile-library-missing") from fault
    signer = signers.SimpleSigner.load_pkcs12_data(pkcs12, [], _secret(passphrase))
    how = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    stamps = HTTPTimeStamper(tsa_url, timeout=_PATIENCE) if tsa_url else None
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        signed = signers.sign_pdf(writer, how, signer, stamps)
    except TimestampRequestError as fault:
        raise SyncTrouble("efile-timestamp-missing", field="tsa") from fault
    except (PdfError, ValueError) as fault:
        raise Refused("efile-pdf-damaged") from fault
    return bytes(signed.getvalue())


def _refuse_unfit(pkcs12: bytes, passphrase: str | None) -> None:
    try:
        held = containers.load_pkcs12(pkcs12, _secret(passphrase))
    except ValueError as fault:
        raise Refused("efile-key-unreadable", field="pkcs12") from fault
    key = held.key
    curve = isinstance(key, EllipticCurvePrivateKey) and isinstance(key.curve, SECP256R1 | SECP384R1)
    large = isinstance(key, RSAPrivateKey) and key.key_size >= _RSA_LEAST
    if held.cert is None or not (curve or large):
        raise Refused("efile-key-unfit", field="pkcs12")


def _secret(passphrase: str | None) -> bytes | None:
    return passphrase.encode("utf-8") if passphrase else None
