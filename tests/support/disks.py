"""Small, full and read-only disks: real ones where the tests may mount, else limits of this process."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

NOBODY = 65_534


@dataclass(frozen=True, slots=True)
class Disk:
    """A disk that is soon full. `codes` are what a write to the full disk may be called."""

    folder: Path
    mounted: bool
    limit: tuple[int, int]

    @property
    def codes(self) -> tuple[str, ...]:
        """A limit on the size of files, which stands in where nothing can be mounted, is no full disk."""
        return ("disk-full",) if self.mounted else ("disk-full", "disk-failing", "file-unwritable")

    def enlarge(self) -> None:
        """Make room, as somebody does who deletes what is not needed."""
        if self.mounted:
            subprocess.run(["mount", "-o", "remount,size=50m", str(self.folder)], check=True)
        else:
            resource.setrlimit(resource.RLIMIT_FSIZE, self.limit)


@contextmanager
def small(folder: Path, kilobytes: int) -> Iterator[Disk]:
    """A disk of that size; where nothing can be mounted, a folder in which no file may become larger."""
    folder.mkdir()
    disk = Disk(folder, _mounted(folder, kilobytes), resource.getrlimit(resource.RLIMIT_FSIZE))
    if not disk.mounted:
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, disk.limit[1]))
    try:
        yield disk
    finally:
        if disk.mounted:
            subprocess.run(["umount", str(folder)], check=True)
        else:
            disk.enlarge()


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let this process read the folder and what is in it, and write nothing; root becomes nobody for it."""
    before = {path: path.stat().st_mode for path in (folder, *folder.rglob("*"))}
    for path in before:
        path.chmod(0o555 if path.is_dir() else 0o444)
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        for path, mode in before.items():
            path.chmod(mode & 0o777)


def _mounted(folder: Path, kilobytes: int) -> bool:
    if os.geteuid():
        return False
    command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0
