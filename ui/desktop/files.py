"""Where a person wants a file, how it is written there whole, and how it is opened with the system."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import StorageTrouble
from ui.desktop.wording import Text


def save_name(parent: QWidget, title: Text, suggested: str) -> Path | None:
    """Ask where a file is to be saved; None where the person thought better of it."""
    chosen, _ = QFileDialog.getSaveFileName(parent, str(title), str(documents() / suggested))
    return Path(chosen) if chosen else None


def folder(parent: QWidget, title: Text) -> Path | None:
    """Ask for a folder."""
    chosen = QFileDialog.getExistingDirectory(parent, str(title), str(documents()))
    return Path(chosen) if chosen else None


def open_name(parent: QWidget, title: Text, endings: str) -> Path | None:
    """Ask for a file to read; `endings` as Qt filters them: "*.pdf *.png"."""
    chosen, _ = QFileDialog.getOpenFileName(parent, str(title), str(documents()), f"({endings})")
    return Path(chosen) if chosen else None


def documents() -> Path:
    """The person's folder for documents."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def show_with_system(path: Path) -> bool:
    """Open a file or folder with the program the system has for it; whether it has one."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def write_whole(path: Path, data: bytes) -> Path:
    """Write a file whole or not at all; StorageTrouble("print-folder-unwritable")."""
    aside = path.with_name(f".{path.name}.part")
    try:
        aside.write_bytes(data)
        os.replace(aside, path)
    except OSError as fault:
        aside.unlink(missing_ok=True)
        raise StorageTrouble("print-folder-unwritable", folder=path.parent.name) from fault
    return path
