"""`python -m tests.desktop.screenshots [PAGE ...]`: draw pages into docs/screenshots/window.

With --every all variants, and with --into elsewhere: to look at them before anybody else does.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication

import ui.desktop  # noqa: F401  # before Qt: it works round a bug of PySide
from tests.desktop.screenshots import drawing, registry
from tests.desktop.screenshots.folders import Folders
from ui.desktop import theme
from ui.desktop.theme import Choice, Theme

ROOT = Path(__file__).resolve().parents[3]


def main() -> int:
    """Draw, say what was drawn and how large it is."""
    asked, wrong = _asked(), list[type[BaseException]]()

    def noted(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        wrong.append(kind)
        sys.__excepthook__(kind, error, trace)

    sys.excepthook = noted
    began, files = time.monotonic(), list[Path]()
    application = QApplication.instance() or QApplication([sys.argv[0]])
    assert isinstance(application, QApplication)
    theme.load_fonts()
    look = Theme(application, Choice.LIGHT)
    drawing.still()
    chosen = asked.pages or registry.described()
    with tempfile.TemporaryDirectory() as root:
        made = Folders(Path(root))
        for page in chosen:
            shutil.rmtree(asked.into / page, ignore_errors=True)
            for at, state in enumerate(registry.states(page)):
                shot = registry.Shot(page, state)
                variants = drawing.every() if asked.every else drawing.kept(shot, telling=at == 0)
                files += drawing.draw(shot, variants, made, look, asked.into)
    size = sum(file.stat().st_size for file in files) / 1e6
    seconds = time.monotonic() - began
    sys.stdout.write(f"{len(files)} pictures of {len(chosen)} pages, {size:.1f} MB, in {seconds:.0f} s\n")
    return 1 if wrong else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.desktop.screenshots", description=__doc__)
    parser.add_argument("pages", nargs="*", metavar="PAGE", help=", ".join(registry.described()))
    parser.add_argument("--every", action="store_true", help="both themes, both languages, all sizes")
    parser.add_argument("--into", type=Path, default=ROOT / "docs" / "screenshots" / "window")
    return parser.parse_args()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main())
