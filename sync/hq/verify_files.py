"""The verification page's files made ready: resources/verify with words, icons, colours and lists put in."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import cast
from xml.etree.ElementTree import parse

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
SOURCE = RESOURCES / "verify"
ROOT = "/v/"
POLICY = {
    "default-src": "'none'",
    # The QR reader is WebAssembly; nothing else is compiled at run time.
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self'",
    "img-src": "'self' blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "media-src": "'self' blob:",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
"""Content-Security-Policy: nothing from elsewhere, no script or style in the markup."""

_NOT_SERVED = ("words.json",)
_SHARED_WORDS = re.compile(r"(certificate|trust|status|unsigned|signed|qr)-")
_LATER = ("vendor/zxing/", "page/reader.js")
_NOT_KEPT = (".txt", "sw.js")
_SVG = "{http://www.w3.org/2000/svg}"


def folder(trust: bytes | None) -> dict[str, bytes]:
    """Every file of the static folder by its path below `/v/`, with the trust file pinned in the page.

    The folder is complete: any web server may serve it, if it answers `/v` with `index.html` and gives
    `sw.js` the header `Service-Worker-Allowed: /v`. Newer lists are fetched from `/trust.cose` and
    `/status.cose` of the same host.
    """
    files = dict(_unpinned())
    page = files["index.html"].decode()
    files["index.html"] = page.replace("<!-- embedded -->", embedded(trust, None)).encode()
    files["sw.js"] = _worker(files)
    return files


def write_folder(target: Path, trust: bytes | None, status: bytes | None = None) -> int:
    """Write the static folder, and the two lists beside it, for a web server that is not headquarters'.

    Returns the number of files.
    """
    lists = {name: raw for name, raw in (("trust.cose", trust), ("status.cose", status)) if raw is not None}
    files = {f"v/{name}": content for name, content in folder(trust).items()} | lists
    for name, content in files.items():
        _write(target / name, content)
    return len(files)


def policy(**changes: str) -> str:
    """The Content-Security-Policy as one line; names with `_` for `-` replace those of `POLICY`."""
    wanted = POLICY | {name.replace("_", "-"): value for name, value in changes.items()}
    return "; ".join(f"{name} {value}" for name, value in wanted.items())


def embedded(trust: bytes | None, status: bytes | None) -> str:
    """Data blocks that the page reads; a browser does not run them, so the policy need not allow them."""
    blocks = (("trust", trust), ("status", status))
    return "\n".join(data_block(name, raw) for name, raw in blocks if raw is not None)


def data_block(name: str, raw: bytes) -> str:
    """Bytes as a data block of the page."""
    text = base64.b64encode(raw).decode("ascii")
    return f'<script type="text/plain" id="embedded-{name}">{text}</script>'


@cache
def _unpinned() -> Mapping[str, bytes]:
    paths = sorted(path for path in SOURCE.rglob("*") if path.is_file())
    files = {path.relative_to(SOURCE).as_posix(): path.read_bytes() for path in paths}
    for name in _NOT_SERVED:
        del files[name]
    files["made.js"] = _made()
    files["style.css"] = (_colours() + files["style.css"].decode()).encode()
    page = files["index.html"].decode().replace("@policy@", policy())
    files["index.html"] = page.replace("<!-- modules -->", _preloads(files)).encode()
    return files


def _preloads(files: Iterable[str]) -> str:
    """All modules at once: without it each import would wait for the one that names it."""
    first = [
        name for name in files if name.endswith(".js") and name != "sw.js" and not name.startswith(_LATER)
    ]
    return "\n".join(f'<link rel="modulepreload" href="{ROOT}{name}">' for name in sorted(first))


def _worker(files: Mapping[str, bytes]) -> bytes:
    """The service worker, told what to keep; its version changes with any of the files."""
    digest = sha256()
    for name, content in sorted(files.items()):
        digest.update(b"%s\0%d\0%s" % (name.encode(), len(content), content))
    kept = [name for name in files if not name.endswith(_NOT_KEPT)]
    core = sorted(name for name in kept if not name.startswith(_LATER))
    later = sorted(name for name in kept if name.startswith(_LATER))
    script = files["sw.js"].decode().replace("@version@", digest.hexdigest()[:16])
    for mark, names in (("['@core@']", core), ("['@later@']", later)):
        script = script.replace(mark, json.dumps([ROOT + name for name in names]))
    return script.encode()


def _made() -> bytes:
    """The module of sentences, names of centres and icons, from where the program has them too."""
    parts = {"WORDS": _words(), "CENTRES": _centres(), "ICONS": _icons()}
    lines = [f"export const {name} = {json.dumps(part, ensure_ascii=False)};" for name, part in parts.items()]
    return "\n".join(["// Written from resources/wording, centres.json and icons.", *lines, ""]).encode()


def _words() -> dict[str, object]:
    """The certificates' sentences; the page's own replace those that speak of the program."""
    shared = _json(RESOURCES / "wording" / "certificates.json")
    own = _json(SOURCE / "words.json")
    return {code: text for code, text in shared.items() if _SHARED_WORDS.match(code)} | own


def _centres() -> dict[str, str]:
    listed = cast("list[dict[str, str]]", _json(RESOURCES / "centres.json")["balai"])
    return {centre["code"]: centre["name"] for centre in listed}


def _icons() -> dict[str, list[tuple[str, dict[str, str]]]]:
    """Icon -> its shapes, for the icons that the page's modules name."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((SOURCE / "page").glob("*.js")))
    drawn = {path.stem: path for path in sorted((RESOURCES / "icons").glob("*.svg"))}
    return {name: _shapes(path) for name, path in drawn.items() if f"'{name}'" in text}


def _shapes(path: Path) -> list[tuple[str, dict[str, str]]]:
    return [(shape.tag.removeprefix(_SVG), dict(shape.attrib)) for shape in parse(path).getroot()]


def _colours() -> str:
    """The colour tokens as custom properties, light and dark."""
    colours = cast("dict[str, dict[str, str]]", _json(RESOURCES / "tokens.json")["colour"])
    light, dark = (
        "".join(f"--{name}:{value};" for name, value in colours[theme].items()) for theme in ("light", "dark")
    )
    # Paper stays white, whatever the screen is.
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme: dark){{:root{{{dark}}}}}\n"


def _json(path: Path) -> dict[str, object]:
    return cast("dict[str, object]", json.loads(path.read_text(encoding="utf-8")))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
