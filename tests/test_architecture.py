"""Who may import whom: the layers of the house as a table of rules, and the proof that each rule bites."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = ("app", "sync", "ui", "main")

QT = ("PySide6", "shiboken6")
WEB = ("requests", "httpx", "fastapi", "starlette", "uvicorn", "urllib.request", "http.client")
DATABASE_WORK = ("sqlalchemy", "reportlab", "app.storage", "app.actions", "app.queries")
SEEN_FROM_UI = (
    *(
        "app.actions",
        "app.queries",
        "app.domain",
        "app.roster",
        "app.certificates",
        "app.reports",
        "app.printing",
    ),
    *("app.errors", "app.settings", "app.wording", "app.command_line", "app.printing"),
    *("sync.facade", "sync.errors"),
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Modules under `where` (all of ours when empty) import nothing of `never`; of our own packages only
    `ours`; and call no method named in `uncalled`. Modules under `besides` are free of it.

    `offence` is a line that breaks the rule, written in the module `offender`.
    """

    where: str
    offender: str
    offence: str
    never: tuple[str, ...] = ()
    ours: tuple[str, ...] = OURS
    uncalled: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()

    def breaches(self, module: str, tree: ast.Module) -> list[str]:
        """What in this module breaks the rule, as "line: name"."""
        if not _under(module, (self.where,)) or _under(module, self.besides):
            return []
        imported = [f"{line}: {name}" for line, name in _imports(module, tree) if not self._allows(name)]
        called = [f"{line}: .{name}()" for line, name in _method_calls(tree) if name in self.uncalled]
        return imported + called

    def _allows(self, name: str) -> bool:
        return not _under(name, self.never) and (_under(name, self.ours) or not _under(name, OURS))


RULES = [
    Rule("app", "app.reports.recap", "from sync import facade", ours=("app",)),
    Rule("app", "app.actions.marks", "from PySide6.QtCore import QObject", never=(*QT, *WEB)),
    Rule("app.domain", "app.domain.nik", "from sqlalchemy import select", never=DATABASE_WORK),
    Rule("app.journal", "app.journal.chain", "from ..storage import store", never=DATABASE_WORK),
    Rule("app.queries", "app.queries.classes", "from app.actions import classes", never=("app.actions",)),
    Rule("app.roster", "app.roster.read", "import app.storage.store", never=("app.storage", "sqlalchemy")),
    Rule(
        "app.certificates",
        "app.certificates.pdf",
        "from app import storage",
        never=("app.storage", "sqlalchemy"),
    ),
    Rule("app.reports", "app.reports.card", "import sqlalchemy.orm", never=("app.storage", "sqlalchemy")),
    Rule(
        "app.actions",
        "app.actions.marks",
        "def f(session): session.commit()",
        uncalled=("commit", "rollback", "begin"),
    ),
    Rule(
        "app.queries",
        "app.queries.marks",
        "def f(session): session.begin()",
        uncalled=("commit", "rollback", "begin"),
    ),
    Rule("sync", "sync.hq.console", "import ui.cli.desk", never=QT, ours=("app", "sync")),
    Rule("sync.client", "sync.client.driver", "from ..hq import exchange", never=("sync.hq",)),
    Rule(
        "sync.protocol",
        "sync.protocol.frame",
        "from fastapi import Request",
        never=("sync.client", "sync.hq", "sqlalchemy", *WEB),
    ),
    Rule("", "sync.client.bundle", "import requests", never=("requests",), besides=("sync.client.http",)),
    Rule(
        "ui",
        "ui.cli.desk",
        "from sync.client import driver",
        ours=("app", "ui", "sync.facade", "sync.errors"),
    ),
    Rule(
        "ui.desktop",
        "ui.desktop.pages.classes",
        "from app.storage import store",
        ours=(*SEEN_FROM_UI, "ui.desktop"),
        besides=("ui.desktop.runner",),
    ),
    Rule(
        "ui.desktop.runner",
        "ui.desktop.runner",
        "import app.journal.chain",
        ours=(*SEEN_FROM_UI, "ui.desktop", "app.storage"),
    ),
    Rule(
        "ui.desktop",
        "ui.desktop.window",
        "import reportlab.pdfgen",
        never=("sqlalchemy", "requests", "reportlab"),
    ),
    Rule(
        "ui.desktop.widgets",
        "ui.desktop.widgets.rail",
        "from app.errors import Refused",
        never=("app", "sync"),
    ),
    Rule(
        "ui.cli",
        "ui.cli.demo",
        "from ui.desktop import runner",
        ours=(*SEEN_FROM_UI, "ui.cli", "ui.display", "app.storage"),
    ),
    Rule("ui.cli", "ui.cli.demo", "__import__('PySide6.QtSvg')", never=QT),
]


def _under(name: str, packages: tuple[str, ...]) -> bool:
    return any(not package or name == package or name.startswith(package + ".") for package in packages)


def _imports(module: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every import in the module, also inside functions and by name at run time, as (line, full name)."""
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                yield from ((node.lineno, alias.name) for alias in node.names)
            case ast.ImportFrom():
                source = _absolute(module, node)
                yield from ((node.lineno, f"{source}.{alias.name}") for alias in node.names)
            case ast.Call(
                func=ast.Name(id=called) | ast.Attribute(attr=called),
                args=[ast.Constant(value=str(name)), *_],
            ):
                if called in ("__import__", "import_module"):
                    yield node.lineno, name


def _absolute(module: str, node: ast.ImportFrom) -> str:
    """What `from ..x import` names, seen from this module."""
    if not node.level:
        return node.module or ""
    package = module.split(".")[: -node.level]
    return ".".join([*package, node.module] if node.module else package)


def _method_calls(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.lineno, node.func.attr


def _modules() -> Iterator[tuple[str, ast.Module]]:
    """Our modules by name; a package's own file is a module inside it, so that relative imports resolve."""
    files = [ROOT / "main.py", *(file for package in OURS[:3] for file in (ROOT / package).rglob("*.py"))]
    for file in files:
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        yield name, ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def test_every_module_keeps_to_its_layer() -> None:
    breaches = [
        f"{module.replace('.', '/')}.py:{breach} (rule of {rule.where or 'the whole house'})"
        for module, tree in _modules()
        for rule in RULES
        for breach in rule.breaches(module, tree)
    ]
    assert not breaches, "\n" + "\n".join(breaches)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.where or 'everywhere'}: {rule.offence}")
def test_each_rule_catches_its_offence_and_only_in_its_place(rule: Rule) -> None:
    offence = ast.parse(rule.offence)
    assert rule.breaches(rule.offender, offence)
    assert not rule.breaches("tests.anything" if rule.where else rule.besides[0], offence)
    assert not rule.breaches(rule.offender, ast.parse("import json\nfrom datetime import date"))


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("from ..storage import store", "app.storage.store"),
        ("from . import nik", "app.domain.nik"),
        ("def later():\n    import app.storage.keys", "app.storage.keys"),
        ("importlib.import_module('app.storage')", "app.storage"),
        ("from app import storage", "app.storage"),
    ],
)
def test_an_import_is_seen_however_it_is_written(source: str, name: str) -> None:
    assert [found for _, found in _imports("app.domain.phone", ast.parse(source))] == [name]


def test_the_composition_root_stays_small() -> None:
    assert len((ROOT / "main.py").read_text(encoding="utf-8").splitlines()) < 80
