"""What every test stands on: no screen, no keyring, no skip where none is allowed, no deadline."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Generator
from pathlib import Path
from types import ModuleType
from typing import cast

import pytest
from hypothesis import settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# A developer's own keyring is never touched: tests meet what the program does on machines without one.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
os.environ.pop("BALAI_DATA_DIR", None)

# A busy machine is no failure, so there is no deadline. CI draws the same examples every time: it judges a
# change, and people's runs do the searching.
settings.register_profile("search", deadline=None)
settings.register_profile("judge", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("judge" if os.environ.get("CI") or os.environ.get("BALAI_NO_SKIP") else "search")


def _system() -> ModuleType:
    """.ci/system.py, which knows the system's packages."""
    path = Path(__file__).resolve().parent.parent / ".ci" / "system.py"
    spec = importlib.util.spec_from_file_location("balai_system", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _qt_starts() -> bool:
    """Whether Qt's own libraries find the system's."""
    try:
        import PySide6.QtWidgets  # noqa: F401
    except ImportError:
        return False
    return True


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    """Without Qt's system libraries pytest-qt would end the whole run; so it stays out."""
    if not _qt_starts():
        pluginmanager.set_blocked("pytest-qt")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a system package that is not there, saying how to get it."""
    system = _system()
    for item in items:
        for mark in item.iter_markers("needs"):
            lacking = [package for package in mark.args if not system.present(package)]
            if lacking:
                item.add_marker(pytest.mark.skip(reason=f"to run it: {system.command(lacking)}"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where BALAI_NO_SKIP is set, a skipped test has failed."""
    report = yield
    if not hasattr(report, "wasxfail"):
        _forbid_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a module that skips itself while it is collected."""
    report = yield
    _forbid_skip(report)
    return report


def _forbid_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and os.environ.get("BALAI_NO_SKIP"):
        reason = cast(tuple[str, int, str], report.longrepr)[2]
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} is skipped, and no skip is allowed here. {reason}"
