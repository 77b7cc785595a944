"""Which of the system's packages the tests need, whether they are there, and how to get them.

Runs on the bare Python of a fresh machine: the standard library only.
"""

from __future__ import annotations

import ctypes
import glob
import os
import shutil
import subprocess

PROGRAMS = {
    "chromium": ("chromium",),
    "cups": ("/usr/sbin/cupsd",),
    "poppler-utils": ("pdftoppm",),
    "postgresql": ("/usr/lib/postgresql/*/bin/initdb",),
    "xvfb": ("Xvfb",),
}
"""Debian package -> programs, any of which shows that it is there (by name, or a pattern of paths)."""

LIBRARIES = {
    "libegl1": "libEGL.so.1",
    "libgl1": "libGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libfontconfig1": "libfontconfig.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
    "libglib2.0-0": "libglib-2.0.so.0",
}
"""Debian package -> shared library; Qt loads them even when it draws off the screen."""

DISPLAY = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-image0": "libxcb-image.so.0",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
}
"""Debian package -> shared library; what Qt's windows need besides on an X server."""


def missing() -> list[str]:
    """The packages the tests need that are not on this machine, in the order of the tables above."""
    return [package for package in (*PROGRAMS, *LIBRARIES) if not present(package)]


def missing_for_a_window() -> list[str]:
    """The packages a window needs that are not on this machine; none where there is no X server to see it."""
    if not os.environ.get("DISPLAY"):
        return []
    return [package for package in (*LIBRARIES, *DISPLAY) if not present(package)]


def present(package: str) -> bool:
    """Whether what the package brings can be used, whoever installed it."""
    if package in PROGRAMS:
        return any(shutil.which(program) or glob.glob(program) for program in PROGRAMS[package])
    try:
        ctypes.CDLL({**LIBRARIES, **DISPLAY}[package])
    except OSError:
        return False
    return True


def command(packages: list[str]) -> str:
    """The one line to copy that installs these packages on Debian and Ubuntu."""
    return "sudo apt-get update && sudo apt-get install -y --no-install-recommends " + " ".join(packages)


def can_install() -> bool:
    """Whether this process may install packages: it is root and the system has apt."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: list[str]) -> None:
    """Install the packages. What apt says is shown where it fails; the caller looks again what is missing."""
    silent = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(
            ["apt-get", "-qq", *arguments],
            env=silent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            print(done.stdout)
