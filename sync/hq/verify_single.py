"""The verification page as one file that opens from disk: modules, style, fonts, reader and lists in it."""

from __future__ import annotations

import base64
import mimetypes
import posixpath
import re
from collections.abc import Mapping
from hashlib import sha256

from sync.hq.verify_files import ROOT, data_block, embedded, folder, policy

_ENTRY = "page/main.js"
_READER = "page/reader.js"
_ENGINE = "vendor/zxing/zxing_reader.wasm"
# Only imports of our own tree: a comment of a vendored module shows one of a package.
_IMPORT = re.compile(r"""^import (\{[^}]*\}|\* as \w+) from ["'](\.[^"']+)["'];?$""", re.MULTILINE)
_LAZY = re.compile(r"""\bimport\(["'](\./[^"']+)["']\)""")
_DECLARED = re.compile(r"^export ((?:async )?function\*?|class|const|let) (\w+)", re.MULTILINE)
_LISTED = re.compile(r"^export \{([^}]*)\};?$", re.MULTILINE)
_URL = re.compile(r"url\((/v/[^)]+)\)")


def build_single_file(trust: bytes, status: bytes | None) -> bytes:
    """The page as one HTML file with the trust file and, if there is one, the status list in it.

    It loads nothing at all. Whoever hands the file over vouches for the trust file (first contact).
    """
    files = folder(trust)
    style = _URL.sub(lambda found: f"url({_data_url(files, found[1])})", files["style.css"].decode())
    script = _bundle(files)
    return _page(files, style, script, embedded(trust, status)).encode()


def _page(files: Mapping[str, bytes], style: str, script: str, lists: str) -> str:
    """The page with everything in place; scripts and styles are allowed by their hashes alone."""
    if re.search(r"</(script|style)|<!--", script + style, re.IGNORECASE):
        raise ValueError("this would end the element it stands in")
    rules = policy(
        script_src=f"{_hash(script)} 'wasm-unsafe-eval'",
        style_src=_hash(style),
        img_src="data: blob:",
        font_src="data:",
        media_src="blob:",
        connect_src="'none'",
        manifest_src="'none'",
        worker_src="'none'",
    )
    head, body = files["index.html"].decode().split("</head>")
    kept = [line for line in head.splitlines() if not line.startswith(("<link", '<script type="module"'))]
    plain = "\n".join(line for line in kept if "embedded-" not in line)
    plain = plain.replace(policy(), rules)
    icon = f'<link rel="icon" href="{_data_url(files, ROOT + "icons/icon.svg")}">'
    parts = [icon, f"<style>{style}</style>", lists, data_block("reader", files[_ENGINE])]
    program = f'<script type="module">{script}</script>'
    return "\n".join([plain, *parts, f"</head>{body.replace('</body>', program + chr(10) + '</body>')}"])


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode('ascii')}'"


def _data_url(files: Mapping[str, bytes], path: str) -> str:
    content = files[path.removeprefix(ROOT)]
    kind = mimetypes.guess_type(path)[0] or "font/woff2"
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


def _bundle(files: Mapping[str, bytes]) -> str:
    """All modules in one script, each in a function of its own, those first that others import."""
    order: list[str] = []
    _visit(files, _READER, order)
    _visit(files, _ENTRY, order)
    return "\n".join(["const $modules = {};", *(_wrapped(name, _text(files, name)) for name in order)])


def _visit(files: Mapping[str, bytes], name: str, order: list[str]) -> None:
    if name in order:
        return
    for _, where in _IMPORT.findall(_text(files, name)):
        _visit(files, _resolved(name, where), order)
    order.append(name)


def _text(files: Mapping[str, bytes], name: str) -> str:
    return files[name].decode()


def _resolved(name: str, where: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), where))


def _wrapped(name: str, text: str) -> str:
    """A module as a function that gives its exports: `export` goes, `import` becomes taking apart."""
    exports = [found[1] for found in _DECLARED.findall(text)]
    for listed in _LISTED.findall(text):
        exports += [_renamed(part, ": ", outward=True) for part in listed.split(",") if part.strip()]
    body = _IMPORT.sub(lambda found: _taken(found[1], _resolved(name, found[2])), text)
    body = _LAZY.sub(lambda found: f"Promise.resolve($modules['{_resolved(name, found[1])}'])", body)
    body = _LISTED.sub("", _DECLARED.sub(r"\1 \2", body))
    return f"$modules['{name}'] = (() => {{\n{body}\nreturn {{ {', '.join(exports)} }};\n}})();"


def _taken(names: str, module: str) -> str:
    if names.startswith("*"):
        return f"const {names.removeprefix('* as ')} = $modules['{module}'];"
    parts = [_renamed(part, ": ") for part in names.strip("{}").split(",") if part.strip()]
    return f"const {{ {', '.join(parts)} }} = $modules['{module}'];"


def _renamed(part: str, colon: str, *, outward: bool = False) -> str:
    """`a as b` as the property of an object: taken apart `a: b`, put together `b: a`."""
    first, _, other = part.strip().partition(" as ")
    if not other:
        return first
    return f"{other}{colon}{first}" if outward else f"{first}{colon}{other}"
