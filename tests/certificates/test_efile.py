"""The e-file's signature: readers accept it, a change breaks it, and the paper's own proof stays whole."""

from __future__ import annotations

import io
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import keys as asn1_keys  # type: ignore[import-untyped]
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from app.certificates import checking, efile
from app.certificates.paper import printing
from app.errors import SyncTrouble
from tests.certificates import samples

PASSPHRASE = "kata sandi panjang"
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


def certificate(key: Key, name: str, *, stamps: bool = False) -> x509.Certificate:
    """A self-signed certificate of a year."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365))
    )
    usage = x509.KeyUsage(True, True, *[False] * 7)
    made = made.add_extension(usage, critical=True)
    if stamps:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return made.sign(key, None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256())


def container(key: Key | None = None) -> bytes:
    """A PKCS#12 file of a made-up head of a centre."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    lock = serialization.BestAvailableEncryption(PASSPHRASE.encode())
    cert = certificate(key, "Kepala Balai Contoh")
    return pkcs12.serialize_key_and_certificates(b"kepala", key, cert, None, lock)


@pytest.fixture(scope="module")
def authority() -> Iterator[str]:
    """The address of a timestamp authority of our own."""
    key = rsa.generate_private_key(65_537, 2_048)
    held = asn1_keys.PrivateKeyInfo.load(
        key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    cert = certificate(key, "Penanda Waktu Contoh", stamps=True).public_bytes(serialization.Encoding.DER)
    stamper = DummyTimeStamper(asn1_x509.Certificate.load(cert), held, SimpleCertificateStore())  # type: ignore[no-untyped-call]  # it has no types

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            answer = stamper.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def judged(path: Path) -> str:
    """What poppler's pdfsig says of the signatures; trust in the made-up signer is not its matter."""
    done = subprocess.run(
        ["pdfsig", "-nocert", path], capture_output=True, text=True, check=False, timeout=60
    )
    return done.stdout


@pytest.mark.needs("poppler-utils")
def test_a_reader_accepts_the_signature_and_a_change_breaks_it(tmp_path: Path) -> None:
    pdf = printing.render_one(samples.page())
    signed = efile.sign(pdf, container(), PASSPHRASE)
    assert signed.startswith(pdf)
    path = tmp_path / "berkas.pdf"
    path.write_bytes(signed)
    said = judged(path)
    assert "Signature is Valid." in said
    assert "Signer Certificate Common Name: Kepala Balai Contoh" in said
    assert "ETSI.CAdES.detached" in said
    assert "Total document signed" in said
    at = signed.index(b"/Title")
    path.write_bytes(signed[:at] + b"/Ditle" + signed[at + 6 :])
    assert "Signature is Valid." not in judged(path)


@pytest.mark.needs("poppler-utils")
def test_a_timestamp_is_put_in_where_there_is_somebody_to_give_it(tmp_path: Path, authority: str) -> None:
    path = tmp_path / "berkas.pdf"
    path.write_bytes(efile.sign(printing.render_one(samples.page()), container(), PASSPHRASE, authority))
    assert "Signature is Valid." in judged(path)
    assert b"Penanda Waktu Contoh".hex().encode() in path.read_bytes().lower()


def test_the_signed_file_is_still_verified_by_what_is_printed_and_still_an_archive_file(
    tmp_path: Path,
) -> None:
    signed = efile.sign(printing.render_one(samples.page()), container(), PASSPHRASE)
    (tmp_path / "berkas.pdf").write_bytes(signed)
    verdict = checking.verify_file(tmp_path / "berkas.pdf", samples.trust_file(), None, samples.TODAY)
    assert verdict.genuine
    with pikepdf.open(io.BytesIO(signed)) as document, document.open_metadata() as metadata:
        assert metadata.pdfa_status == "2B"
        assert "/OutputIntents" in document.Root


def test_without_a_key_nothing_claims_an_electronic_signature() -> None:
    pdf = printing.render_one(samples.page())
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert "/AcroForm" not in document.Root


def test_a_key_that_cannot_be_used_is_refused_with_its_reason() -> None:
    pdf = printing.render_one(samples.page())
    with samples.refused("efile-key-unreadable"):
        efile.sign(pdf, container(), "salah")
    with samples.refused("efile-key-unreadable"):
        efile.sign(pdf, b"bukan kunci", None)
    with samples.refused("efile-key-unfit"):
        efile.sign(pdf, container(ed25519.Ed25519PrivateKey.generate()), PASSPHRASE)
    with samples.refused("efile-key-unfit"):
        efile.sign(pdf, container(ec.generate_private_key(ec.SECP256K1())), PASSPHRASE)
    with samples.refused("efile-pdf-damaged"):
        efile.sign(b"%PDF-1.7 rusak", container(), PASSPHRASE)


def test_a_timestamp_that_does_not_come_leaves_nothing_half_signed() -> None:
    pdf = printing.render_one(samples.page())
    with pytest.raises(SyncTrouble, match="efile-timestamp-missing"):
        efile.sign(pdf, container(), PASSPHRASE, "http://127.0.0.1:9/")
