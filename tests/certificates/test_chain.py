"""The chain of signatures: nothing that was changed passes, and the verdict says which check it failed."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.certificates import backpage, checking, credential, delegation, keys, qr, status, trust, verify
from app.certificates.backpage import Module, ModuleOutcome
from app.certificates.status import Reason, StatusList
from app.certificates.verdict import Outcome, Step, Verdict
from app.certificates.verify import Question
from app.errors import Refused
from tests.certificates import samples
from tests.certificates.samples import day

HELD = trust.read(samples.trust_file())
LISTED = status.read(samples.status_list(), HELD.file)


def judged(raw: bytes, **changes: object) -> Verdict:
    given: dict[str, object] = {"trust": HELD, "today": samples.TODAY, "status": LISTED, **changes}
    return verify.verify(Question(raw=raw, **given))  # type: ignore[arg-type]  # the caller names fields


def test_every_single_changed_bit_is_refused_and_the_failing_check_named() -> None:
    genuine = samples.certificate()
    failures: Counter[Step] = Counter()
    for bit in range(8 * len(genuine)):
        changed = bytearray(genuine)
        changed[bit // 8] ^= 1 << bit % 8
        verdict = judged(bytes(changed))
        assert verdict.failed is not None, bit
        assert verdict.certified is None, bit
        failures[verdict.failed.step] += 1
    assert sum(failures.values()) == 8 * len(genuine)
    assert set(failures) == {Step.DECODE, Step.AUTHORITY, Step.DELEGATION, Step.SIGNATURE}


def test_every_single_changed_digit_is_refused() -> None:
    text = qr.text(samples.certificate(), samples.HOST)
    for place in range(text.index("#") + 1, len(text)):
        changed = text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]
        try:
            verdict = judged(qr.carried(changed).payload)
        except Refused as refusal:
            assert refusal.code == "certificate-foreign"
        else:
            assert verdict.failed is not None


@given(st.binary(max_size=400))
def test_any_bytes_get_a_verdict(raw: bytes) -> None:
    assert judged(raw).failed is not None


@given(st.text(max_size=200))
def test_any_text_is_refused_with_a_code(text: str) -> None:
    with pytest.raises(Refused, match=r"^certificate-(foreign|too-long)$"):
        qr.carried(text)


@given(st.binary(min_size=1, max_size=800))
def test_bytes_survive_the_decimal_number(raw: bytes) -> None:
    for first in (qr.CERTIFICATE, qr.BACK):
        payload = bytes([first]) + raw
        assert qr.carried(qr.text(payload, samples.HOST)).payload == payload


@given(st.binary(max_size=200), st.integers(0, 90))
def test_a_torn_trust_file_or_list_is_refused_with_a_code(tail: bytes, kept: int) -> None:
    for raw in (samples.trust_file(), samples.status_list()):
        torn = raw[:kept] + tail
        for read in (lambda data: trust.read(data), lambda data: status.read(data, HELD.file)):
            with pytest.raises(Refused):
                read(torn)


def test_the_verdict_never_says_valid_and_sends_to_the_ktp() -> None:
    verdict = judged(samples.certificate(), back=samples.back_page())
    shown = verdict.as_json()
    assert verdict.genuine
    assert shown["verdict"] == "genuine"
    assert shown["code"] == "certificate-genuine-match-ktp"
    assert '"valid"' not in repr(shown).replace("'", '"')


def test_every_signed_field_is_shown_and_what_is_not_signed_is_listed() -> None:
    shown = judged(samples.certificate(), back=samples.back_page()).as_json()
    assert shown["signed"] == {
        "serial": "10009 0000412 93",
        "name": "Aisyah Rahmadani",
        "birth_date": "1989-03-17",
        "programme": "Kewirausahaan bagi Usaha Mikro dan Kecil",
        "jp": 40,
        "first_day": "2026-11-09",
        "last_day": "2026-11-16",
        "dated": "2026-11-18",
        "signed_on": "2026-11-18",
        "result": "LULUS",
        "number": None,
    }
    unsigned = shown["not_signed"]
    assert isinstance(unsigned, list)
    assert {"unsigned-number", "unsigned-birth-place", "unsigned-signatories"} <= set(unsigned)
    typed = judged(samples.certificate(number="12/KWU/2026"))
    assert "unsigned-number" not in typed.not_signed


def test_the_checks_stand_in_the_order_of_the_format_and_end_at_the_first_failure() -> None:
    verdict = judged(samples.certificate(), back=samples.back_page(), register=lambda digest: True)
    assert [check.step for check in verdict.checks] == list(Step)
    early = judged(samples.certificate(), trust=trust.read(samples.trust_file(authorities=())))
    assert [check.step for check in early.checks] == [Step.DECODE, Step.AUTHORITY]


def test_a_revoked_certificate_still_shows_what_was_signed() -> None:
    listed = status.read(samples.status_list(serials={samples.SERIAL: Reason.SUPERSEDED}), HELD.file)
    verdict = judged(samples.certificate(), status=listed)
    assert verdict.code == "certificate-revoked-superseded"
    assert verdict.certified is not None


def test_headquarters_register_is_asked_by_the_hash_of_the_certificate() -> None:
    raw = samples.certificate()
    asked: list[bytes] = []

    def register(digest: bytes) -> bool:
        asked.append(digest)
        return False

    verdict = judged(raw, register=register)
    assert verdict.code == "certificate-not-registered"
    assert asked == [credential.digest(raw)]


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        ({"status": None}, "status-missing"),
        ({"today": date(2027, 1, 1)}, "status-stale"),
        ({"today": date(2026, 11, 20)}, "status-ahead"),
        ({"today": date(2027, 6, 1)}, "trust-stale"),
        ({"today": date(2026, 11, 1)}, "signed-ahead"),
        ({"host": "lain.example"}, "qr-host-strange"),
    ],
)
def test_what_is_doubtful_is_said_without_refusing(changes: dict[str, object], warning: str) -> None:
    verdict = judged(samples.certificate(), **changes)
    assert verdict.genuine
    assert warning in verdict.warnings
    assert warning not in judged(samples.certificate(), host=samples.HOST).warnings


def test_a_missing_list_and_a_missing_back_page_are_skipped_not_passed() -> None:
    checks = {c.step: c.outcome for c in judged(samples.certificate(), status=None).checks}
    assert checks[Step.STATUS] is Outcome.SKIPPED
    assert checks[Step.BACK] is Outcome.SKIPPED


def test_a_list_of_an_epoch_that_was_overtaken_still_refuses_what_it_revokes() -> None:
    keys_now = (*HELD.file.status_keys, trust.StatusKey(keys.public(samples.STRANGER), 2))
    newer = trust.read(samples.trust_file(status_keys=keys_now))
    old = status.read(samples.status_list(serials={samples.SERIAL: Reason.FRAUD}), newer.file)
    verdict = judged(samples.certificate(), trust=newer, status=old)
    assert verdict.code == "certificate-revoked-fraud"
    assert "status-superseded" in verdict.warnings


def test_a_list_that_cannot_be_used_is_said_and_does_not_count() -> None:
    held = checking.verifier(samples.trust_file(), b"\0" + samples.status_list())
    assert held.status is None
    verdict = held.judge(qr.Carried(samples.certificate(), None), None, samples.TODAY)
    assert {"status-unusable", "status-missing"} <= set(verdict.warnings)


def test_the_same_arguments_give_the_same_certificate() -> None:
    assert samples.certificate() == samples.certificate()


def test_what_would_not_verify_is_not_issued() -> None:
    with samples.refused("delegation-serial-outside"):
        samples.certificate(serial=100090000601)
    with samples.refused("delegation-day-outside"):
        samples.certificate(signed="2027-10-01")
    with samples.refused("certificate-content-invalid"):
        samples.certificate(name="Aisyah\u200b")
    with samples.refused("certificate-back-invalid"):
        samples.certificate(back=b"\x80")
    with samples.refused("delegation-malformed"):
        samples.delegated(expires=day("2028-10-01"))


def test_a_device_cannot_issue_under_the_delegation_of_another() -> None:
    other = delegation.issue(
        samples.AUTHORITY,
        keys.public(samples.STRANGER),
        samples.CENTRE,
        3,
        day("2026-10-01"),
        day("2027-09-30"),
        301,
        300,
    )
    with samples.refused("delegation-other-key"):
        samples.certificate(delegation_bytes=other)


codes = st.text("ABCDEFGHIJ0123456789.-", min_size=1, max_size=40)
lines = st.builds(
    Module, codes, st.integers(0, 9_999), st.none() | st.integers(0, 10_000), st.sampled_from(ModuleOutcome)
)


@given(st.binary(min_size=16, max_size=16), st.lists(lines, min_size=1, max_size=20))
def test_a_back_page_reads_back_as_it_was_built(salt: bytes, modules: list[Module]) -> None:
    found = backpage.read(backpage.build(salt, modules))
    assert (found.salt, list(found.modules)) == (salt, modules)


serials = st.integers(1, 99_999).flatmap(
    lambda centre: st.integers(1, 9_999_999).map(lambda sequence: centre * 10_000_000 + sequence)
)
hashes = st.binary(min_size=12, max_size=12)


@given(
    st.dictionaries(serials, st.sampled_from(Reason), max_size=40),
    st.dictionaries(hashes, st.sampled_from(Reason), max_size=20),
    st.dictionaries(hashes, st.frozensets(hashes, max_size=5), max_size=5),
)
def test_a_status_list_reads_back_as_it_was_built(
    revoked: dict[int, Reason], single: dict[bytes, Reason], compromised: dict[bytes, frozenset[bytes]]
) -> None:
    content = StatusList(1, 7, 20_000, 20_030, revoked, single, compromised)
    assert status.read(status.build(samples.STATUS, content), HELD.file).list == content


def test_lists_are_as_small_as_the_format_says() -> None:
    bare = len(samples.status_list())
    every_hundredth = {100090000001 + 100 * i: Reason.ERROR for i in range(1_000)}
    assert len(samples.status_list(serials=every_hundredth)) - bare < 2_300
    allowed = frozenset(i.to_bytes(12, "big") for i in range(300))
    assert len(samples.status_list(compromised={bytes(12): allowed})) - bare < 3_700
    assert len(samples.trust_file()) < 300


@given(st.dates(date(1833, 2, 8), date(2380, 9, 8)))
def test_days_count_from_1970(some_day: date) -> None:
    from app.certificates import days

    assert date(1970, 1, 1) + timedelta(days=days.number(some_day)) == some_day
    assert days.day(days.number(some_day)) == some_day


def test_a_key_file_opens_only_with_its_passphrase_and_purpose() -> None:
    key = samples.key(9)
    for passphrase in (None, b"kata sandi panjang"):
        kept = keys.to_file(key, keys.Purpose.ROOT, passphrase)
        assert keys.seed(keys.from_file(kept, keys.Purpose.ROOT, passphrase)) == keys.seed(key)
        with samples.refused("key-other-purpose"):
            keys.from_file(kept, keys.Purpose.ISSUING, passphrase)
    with samples.refused("key-locked"):
        keys.from_file(kept, keys.Purpose.ROOT, b"salah")
    with samples.refused("key-locked"):
        keys.from_file(kept, keys.Purpose.ROOT, None)
    for broken in (b"", b"PEM", kept.splitlines()[0] + b"\nnot a key"):
        with samples.refused("key-malformed"):
            keys.from_file(broken, keys.Purpose.ROOT, None)
