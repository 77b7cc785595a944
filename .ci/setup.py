"""Makes the checkout ready: virtual environment, locked packages, and for tests the system's packages.

    python3 .ci/setup.py run      what the program needs, with an X server also what its window needs
    python3 .ci/setup.py tools    that and what checks, measures and formats it
    python3 .ci/setup.py test     that and the system's packages which the tests need

It may be run any number of times and be interrupted anywhere. A note in the environment says which locks it
holds; while packages are being installed the note says "unfinished", and an environment found like that,
moved, or left behind by an upgrade of Python is made anew. Runs on a bare Python: standard library only.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import system

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
NOTE = VENV / "balai-setup.json"
OLDEST = (3, 11)

PRODUCT, TOOLS, PROJECT = "requirements.lock", "requirements-dev.lock", "pyproject.toml"
PARTS = {"run": (PRODUCT, PROJECT), "tools": (PRODUCT, TOOLS, PROJECT), "test": (PRODUCT, TOOLS, PROJECT)}

INSTALL = {
    PRODUCT: ["--require-hashes", "--only-binary", ":all:", "-r", PRODUCT],
    # One tool comes as source; it is built with the setuptools of the first lock, not with one fetched aside.
    TOOLS: ["--require-hashes", "--use-pep517", "--no-build-isolation", "-r", TOOLS],
    # The commands balai and balai-hq.
    PROJECT: ["--no-deps", "--no-build-isolation", "--editable", "."],
}


class Unready(Exception):
    """The machine lacks something that a person has to bring; the message says what, and how."""


def main(purpose: str) -> int:
    """Make everything ready for "run", "tools" or "test"; returns the exit code, 3 where something lacks."""
    try:
        with _alone():
            _make_environment()
            _install(PARTS[purpose])
            if purpose == "test":
                _bring(system.missing, "some tests will be skipped. To run them too")
            if purpose == "run":
                _bring(system.missing_for_a_window, "the window may not open. To see it")
    except Unready as why:
        print(f"set-up: {why}", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        print("set-up: interrupted; the next run begins it anew.", file=sys.stderr)
        return 130
    return 0


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Two set-ups in one checkout wait for each other."""
    if os.name == "nt":
        yield
        return
    import fcntl

    with open(__file__, "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make_environment() -> None:
    """Make .venv unless there is a sound one."""
    if _is_sound():
        return
    _require_venv_module()
    print("set-up: making .venv …", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        VENV.mkdir(exist_ok=True)
        _write_note({"unfinished": True})
    except OSError as error:
        raise Unready(f"{VENV} cannot be written: {error.strerror}.") from error
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], stdin=subprocess.DEVNULL, check=False)
    if made.returncode:
        raise Unready("the virtual environment could not be made (Python says why above).")
    NOTE.unlink()


def _is_sound() -> bool:
    """Whether .venv can be built upon: whole, where it was made, and of a Python that is still there."""
    note = _read_note()
    if note is None or note.get("unfinished") or note.get("root", str(ROOT)) != str(ROOT):
        return False
    asks = "import importlib.util, sys; sys.exit(importlib.util.find_spec('pip') is None)"
    try:
        return (
            subprocess.run([str(PYTHON), "-c", asks], stderr=subprocess.DEVNULL, check=False).returncode == 0
        )
    except OSError:
        return False


def _require_venv_module() -> None:
    """Debian and Ubuntu ship Python without what makes environments: bring it when root, else say how."""
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if importlib.util.find_spec("ensurepip") is None and system.can_install():
        print(f"set-up: installing {package} …", flush=True)
        system.install([package])
        importlib.invalidate_caches()
    if importlib.util.find_spec("ensurepip") is None:
        raise Unready(f"Python cannot make virtual environments here. Run: {system.command([package])}")


def _install(parts: tuple[str, ...]) -> None:
    """Install each part whose file is not the one the note names."""
    note = _read_note() or {}
    wanted = {part: hashlib.sha256((ROOT / part).read_bytes()).hexdigest() for part in parts}
    stale = [part for part in parts if note.get(part) != wanted[part]]
    if not stale:
        return
    _write_note({**note, "unfinished": True})
    for part in stale:
        _pip_install(part)
    _write_note({**note, **wanted, "root": str(ROOT)})


def _pip_install(part: str) -> None:
    """One call of pip, quiet unless it fails."""
    print(f"set-up: installing what {part} names …", flush=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
    if subprocess.run([*pip, *INSTALL[part]], cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode:
        raise Unready("the packages could not be installed (pip says why above). Mend that and run it again.")


def _bring(missing: Callable[[], list[str]], otherwise: str) -> None:
    """Install what is missing of the system when root; else say what that means, and the one command."""
    packages = missing()
    if packages and system.can_install():
        print(f"set-up: installing {' '.join(packages)} …", flush=True)
        system.install(packages)
        packages = missing()
    if packages:
        print(f"set-up: {otherwise}: {system.command(packages)}", flush=True)


def _read_note() -> dict[str, object] | None:
    """The note; empty where there is none, None where it cannot be read."""
    try:
        note = json.loads(NOTE.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        return None
    return note if isinstance(note, dict) else None


def _write_note(note: dict[str, object]) -> None:
    NOTE.write_text(json.dumps(note, indent=1), encoding="utf-8")


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        print(
            f"set-up: Python 3.11 or newer is needed and this is {sys.version.split()[0]}.", file=sys.stderr
        )
        print("set-up: where a newer one is installed, name it: make PYTHON=python3.12 run", file=sys.stderr)
        sys.exit(3)
    sys.exit(main(sys.argv[1]))
