"""The HTTP client against servers that are none, and the real server against requests that are none."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from app.certificates import status, trust
from app.errors import Refused, SyncTrouble
from sync.client.http import HttpExchange
from sync.hq.headquarters import Headquarters
from sync.protocol import exchange, refusals
from sync.protocol.cbor import Malformed
from sync.protocol.reply import Reply
from tests.sync.conftest import Clock, enrolled, founded

PAGE = b"<!DOCTYPE html><html><title>Wi-Fi Hotel: silakan masuk</title></html>"
Talk = Callable[[socket.socket], None]


@pytest.fixture
def headquarters(tmp_path: Path, clock: Clock) -> Iterator[Headquarters]:
    made = founded(tmp_path / "hq", "sqlite:///headquarters.sqlite", clock)
    yield made
    made.close()


@contextmanager
def answering(*talks: bytes) -> Iterator[str]:
    """A server that answers each connection's first request with these bytes and hangs up."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for talk in talks:
            connection, _ = listening.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(talk)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    thread.join(5)
    listening.close()


def response(body: bytes, line: str = "200 OK", *fields: str, length: int | None = None) -> bytes:
    """An HTTP answer."""
    head = [f"HTTP/1.1 {line}", f"Content-Length: {len(body) if length is None else length}", *fields]
    return "\r\n".join([*head, "", ""]).encode() + body


HEAD = exchange.pack_head(exchange.ReplyHead(exchange.Status.TAKEN, 0, bytes(16), bytes(8)))


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (response(PAGE), "sync-captive-portal"),
        (response(b"", "302 Found", "Location: http://login.hotel/"), "sync-captive-portal"),
        (response(PAGE, "511 Network Authentication Required"), "sync-captive-portal"),
        (response(PAGE, "404 Not Found"), "sync-captive-portal"),
        (response(b"\xef\xbb\xbf" + PAGE), "sync-captive-portal"),
        (response(b"hello"), "sync-malformed"),
        (response(HEAD, length=len(HEAD) + 1), "sync-cut"),
        (response(b"", length=5), "sync-cut"),
        (response(b""), "sync-cut"),
        (response(refusals.pack("sync-device-unknown"), "403 Forbidden"), "sync-device-unknown"),
        (response(PAGE, "413 Payload Too Large"), "sync-too-big"),
        (response(PAGE, "503 Service Unavailable", "Retry-After: 7"), "sync-busy"),
        (response(b"Internal Server Error", "500 Internal Server Error"), "sync-busy"),
    ],
)
def test_what_answers_instead_of_headquarters_is_named(answer: bytes, code: str) -> None:
    with answering(answer) as url, closing(url) as link, pytest.raises(SyncTrouble) as trouble:
        list(Reply(link.sync(b"body")).frames())
    assert trouble.value.code == code
    assert trouble.value.facts.get("again", False) is (code in ("sync-busy", "sync-cut"))
    if code == "sync-busy" and b"Retry-After" in answer:
        assert trouble.value.facts["wait"] == 7


def test_a_captive_portal_is_recognised_at_enrolment_too() -> None:
    with answering(response(PAGE)) as url, closing(url) as link, pytest.raises(SyncTrouble) as trouble:
        link.enrol(b"request")
    assert trouble.value.code == "sync-captive-portal"


def test_no_server_at_all_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with closing(f"http://127.0.0.1:{port}") as link, pytest.raises(SyncTrouble) as trouble:
        list(link.sync(b"body"))
    assert trouble.value.code == "sync-no-server"


def test_a_server_that_falls_silent_is_given_up_after_the_stall_and_not_before() -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    link = HttpExchange(f"http://127.0.0.1:{listening.getsockname()[1]}", stall=0.2)
    with pytest.raises(SyncTrouble) as trouble:
        list(link.sync(b"body"))
    assert trouble.value.code == "sync-cut"
    link.close()
    listening.close()


def test_a_request_says_nothing_it_does_not_have_to() -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    heard: list[bytes] = []

    def serve() -> None:
        connection, _ = listening.accept()
        with connection:
            sent = b""
            while not sent.endswith(b"body"):  # heads and body may come apart
                sent += connection.recv(65_536)
            heard.append(sent)
            connection.sendall(response(HEAD + exchange.pack_more(False)))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    host = f"127.0.0.1:{listening.getsockname()[1]}"
    link = HttpExchange(f"http://{host}")
    assert list(Reply(link.sync(b"body")).frames()) == []
    thread.join(5)
    assert heard == [f"POST /v1/sync HTTP/1.1\r\nHost: {host}\r\nContent-Length: 4\r\n\r\nbody".encode()]
    assert link.traffic.up == len(heard[0])
    assert link.traffic.down == len(response(HEAD + exchange.pack_more(False)))
    link.close()
    listening.close()


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("hq.example.go.id", "https://hq.example.go.id"),
        ("HTTPS://HQ.example.go.id:8443/", "https://hq.example.go.id:8443"),
        ("127.0.0.1:8765", "http://127.0.0.1:8765"),
        ("http://localhost:8765", "http://localhost:8765"),
        ("https://127.0.0.1", "https://127.0.0.1"),
    ],
)
def test_an_address_is_read_as_people_write_it(typed: str, url: str) -> None:
    with closing(typed) as link:
        assert link.url == url


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("http://hq.example.go.id", "sync-needs-tls"),
        ("ftp://hq.example", "sync-url-invalid"),
        ("https://user@hq.example", "sync-url-invalid"),
        ("https://hq.example/path", "sync-url-invalid"),
        ("https://hq.example:x", "sync-url-invalid"),
        ("", "sync-url-invalid"),
        ("http://[::1", "sync-url-invalid"),
    ],
)
def test_an_address_that_would_not_do_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        HttpExchange(typed)
    assert refusal.value.code == code


def test_the_server_answers_what_is_no_request_in_its_own_words(served: str) -> None:
    for path, body, code, number in (
        ("/v1/sync", b"", "sync-malformed", 400),
        ("/v1/sync", b"x" * 100, "sync-malformed", 400),
        ("/v1/sync", b"x" * (exchange.MAX_BODY + 1), "sync-too-big", 413),
        ("/v1/enrol", b"x", "sync-malformed", 400),
        ("/v1/enrol", b"x" * 5_000, "sync-too-big", 413),
    ):
        answer = httpx.post(served + path, content=body)
        assert (answer.status_code, refusals.parse(answer.content).code) == (number, code)
    assert httpx.get(served + "/v1/sync").status_code == 405
    assert httpx.get(served + "/nothing").status_code == 404


def test_the_server_answers_to_its_own_names_only(served: str) -> None:
    answer = httpx.post(served + "/v1/sync", content=b"x" * 100, headers={"Host": "other.example"})
    assert (answer.status_code, refusals.parse(answer.content).code) == (421, "sync-host-foreign")
    answer = httpx.post(served + "/v1/sync", content=b"x" * 100, headers={"Host": "hq.example"})
    assert answer.status_code == 400


def test_trust_file_status_list_and_health_are_there_for_everybody(served: str) -> None:
    held = trust.read(httpx.get(served + "/trust.cose").content)
    assert held.file.host == "hq.example"
    assert len(held.file.roots) == 2
    assert status.read(httpx.get(served + "/status.cose").content, held.file).list.serials == {}
    health = httpx.get(served + "/v1/health").json()
    assert (health["status"], health["trust_file"]) == ("ok", True)


@pytest.mark.parametrize("path", ["/trust.cose", "/status.cose"])
def test_who_holds_a_list_already_is_sent_its_tag_alone(served: str, path: str) -> None:
    first = httpx.get(served + path)
    again = httpx.get(served + path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    other = httpx.get(served + path, headers={"If-None-Match": '"something else"'})
    assert (other.status_code, other.content) == (200, first.content)


def test_bytes_and_requests_on_a_real_line_stay_within_the_budget(
    headquarters: Headquarters, served: str, tmp_path: Path, clock: Clock
) -> None:
    link = HttpExchange(served)
    laptop = enrolled(tmp_path / "laptop", headquarters, link, clock, "laptop")
    laptop.roster(20)
    laptop.sync()
    for changes, most in ((0, 400), (20, 1_000)):
        laptop.write(*_marks(changes))
        before = link.traffic.requests, link.traffic.up + link.traffic.down
        assert laptop.sync().synced
        assert link.traffic.requests - before[0] == 1
        assert link.traffic.up + link.traffic.down - before[1] <= most
    laptop.place.store.close()
    link.close()


def _marks(number: int) -> list:  # type: ignore[type-arg]  # drafts
    from app.storage.journal import Draft
    from tests.sync.conftest import CENTRE, participant

    return [
        Draft("mark", (CENTRE, "KWU-2026", 1, participant(person)), {"mark": ("H", None)})
        for person in range(number)
    ]


@contextmanager
def closing(url: str) -> Iterator[HttpExchange]:
    link = HttpExchange(url)
    yield link
    link.close()


def test_a_refusal_that_is_none_of_ours_is_no_refusal() -> None:
    for body in (b"", b"x" * 300, b"\x82\x01\x65hello", PAGE):
        with pytest.raises(Malformed):
            refusals.parse(body)
