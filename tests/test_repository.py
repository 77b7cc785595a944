"""What the repository itself must hold to: short files, nothing of anybody's machine, locks that agree."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 300
BY_HAND = {"pyside6-addons"}  # the extra `camera`: 150 MB that the set-up leaves to who has a camera
"""Lines; a file that needs more is several rooms."""

# The square brackets keep these lines from finding themselves.
_REGISTRIES = (
    r"pypi[.]org",
    r"pythonhosted[.]org",
    r"npmjs[.](org|com)",
    r"yarnpkg[.]com",
    r"deb[.]debian[.]org",
)
_OPTIONS = (r"(^|[^a-z-])--(extra-)?index[-]url", r"--find[-]links", r'"resolved["]: *"http')
_PATHS = (
    r"/work/(main|shared|steering)",
    r"[/]tmp/\w",
    r"[/]root/",
    r"[/]home/\w+/",
    r"C:\\+Users[\\]",
    r"[/]opt/pypi",
)
FORBIDDEN = re.compile("|".join((*_REGISTRIES, *_OPTIONS, *_PATHS)).encode(), re.MULTILINE | re.IGNORECASE)


def _tracked() -> list[Path]:
    """The files git has, or would take."""
    git = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(git, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def _program() -> list[Path]:
    """The program's own files, without migrations: one of those is one step, however long."""
    folders = [file for part in ("app", "sync", "ui") for file in (ROOT / part).rglob("*.py")]
    return [ROOT / "main.py", *(file for file in folders if file.parent.name != "versions")]


def test_no_file_of_the_program_is_longer_than_one_room() -> None:
    lengths = {str(file.relative_to(ROOT)): len(file.read_bytes().splitlines()) for file in _program()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_no_registry_address_and_no_path_of_a_machine_is_written_down() -> None:
    found = [
        f"{file.relative_to(ROOT)}: {match[0]!r}"
        for file in _tracked()
        for match in FORBIDDEN.finditer(file.read_bytes())
    ]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    "line",
    ["https://py" + "pi.org/simple", "--index" + "-url x", "/ho" + "me/siti/balai", "/tm" + "p/out.pdf"],
)
def test_such_a_line_would_be_found(line: str) -> None:
    assert FORBIDDEN.search(line.encode())


def test_both_locks_name_the_same_versions_and_every_one_has_a_hash() -> None:
    product, tools = (_pins(ROOT / f"{name}.lock") for name in ("requirements", "requirements-dev"))
    assert product.items() <= tools.items()


def _pins(lock: Path) -> dict[str, str]:
    """Package -> version; each must be followed by at least one hash."""
    entries = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())
    assert all("--hash=sha256:" in entry for entry in entries)
    pins = [re.fullmatch(r"([\w.-]+)(?:\[[\w,]+\])?==(\S+)", entry.split()[0]) for entry in entries]
    return {pin[1]: pin[2] for pin in pins if pin}


def test_every_dependency_stands_in_the_lock() -> None:
    assert _declared() - BY_HAND <= _pins(ROOT / "requirements.lock").keys()


def test_what_the_program_imports_is_declared_and_not_only_brought_by_something_else() -> None:
    brought_by = packages_distributions()
    for file in _program():
        for package in _imported_packages(file) - sys.stdlib_module_names - {"app", "sync", "ui", "main"}:
            owners = {_normal(owner) for owner in brought_by.get(package, [])}
            assert owners & _declared(), f"{file.relative_to(ROOT)} imports {package}"


def _declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    lines = [*project["dependencies"], *(line for extra in extras for line in extra)]
    return {_normal(re.split(r"[<>=\[]", line)[0]) for line in lines}


def _normal(name: str) -> str:
    """A distribution's name as locks write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _imported_packages(file: Path) -> set[str]:
    """The top-level packages a file imports, relative ones aside."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level]
    return {name.split(".")[0] for name in names}


def test_the_licence_of_every_package_is_listed() -> None:
    listed = re.findall(
        r"^\| ([\w.-]+) \|", (ROOT / "docs/licences.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert _pins(ROOT / "requirements.lock").keys() - listed == set()
