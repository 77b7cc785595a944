"""What the program's commands have in common: options anywhere, two ways of speaking, exit codes.

People read sentences and tables; scripts ask for `--json` and get one document on stdout and nothing
else there. Exit codes: 0 done, 1 refused (a reason code and words), 2 wrong usage, 3 the environment's fault.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from typer.exceptions import TyperException

from app import usage
from app.errors import Refused, Trouble
from app.storage.files import trouble as trouble_of
from app.wording import phrase, sentence

DONE, REFUSED, USAGE, ENVIRONMENT = 0, 1, 2, 3
TYPERS_INTERRUPT = 130  # what Typer makes of Ctrl-C, without a word
JSON, LANGUAGE = "--json", "--language"


class Page(Console):
    """A console that shows what it is given letter by letter: names and titles are no markup."""

    def __init__(self, stderr: bool = False) -> None:
        soft = stderr or not sys.stdout.isatty()
        super().__init__(stderr=stderr, soft_wrap=soft, highlight=False, markup=False, emoji=False)

    def on_broken_pipe(self) -> None:
        """Leave it to `run`; rich would end the process with an exit code of its own."""
        raise BrokenPipeError


@dataclass(slots=True)
class Voice:
    """How a command speaks: in which language, and whether to a person or to a script."""

    as_json: bool = False
    language: str = "id"
    out: Page = field(default_factory=Page)
    err: Page = field(default_factory=lambda: Page(stderr=True))

    def words(self, code: str, /, **facts: object) -> str:
        """The sentence of a code in the person's language."""
        return phrase(code, self.language, **facts)

    def say(self, code: str, /, **facts: object) -> None:
        """A sentence about what happened, on stderr, so that stdout stays the document's."""
        self.err.print(self.words(code, **facts))

    def document(self, document: Mapping[str, object]) -> None:
        """The one document that a script gets."""
        _write(document)
        sys.stdout.flush()


def run(
    application: Callable[[str], typer.Typer], name: str, arguments: Sequence[str], with_value: Sequence[str]
) -> int:
    """Run one command; returns the exit code. Nothing that happens reaches a person as a traceback.

    `application` makes the command line from the command's first word (empty where there is none), so
    that it need not hold the other commands. `with_value` are the options that hold for every command
    and take a value; they may stand anywhere.
    """
    _make_streams_safe()
    front, rest = options_apart(arguments, with_value)
    language, as_json = language_of(asked(front)), JSON in front
    try:
        word = rest[0] if rest and not rest[0].startswith("-") else ""
        return _done(usage.parser(application(word), language), [*front, *rest], name)
    except typer.Exit as leave:
        return leave.exit_code
    except TyperException as wrong:
        return _tell_of_usage(wrong, name, language, as_json)
    except (KeyboardInterrupt, typer.Abort):
        return _tell("stopped", phrase("stopped", language), None, as_json, REFUSED)
    except (BrokenPipeError, SystemExit):  # click ends the process for a broken pipe, and for nothing else
        return _say_no_more(DONE)
    except Trouble as trouble:
        return _tell_of_trouble(trouble, language, as_json)
    except OSError as fault:
        return _tell_of_system(fault, language, as_json)
    except Exception as bug:  # noqa: BLE001  # the last stop before a person
        return _tell("unforeseen", _of_bug(bug, language), None, as_json, ENVIRONMENT)


def _done(command: Any, given: list[str], name: str) -> int:
    """Run the parsed command; its exit code, once all it said has left."""
    outcome = command.main(given, prog_name=name, standalone_mode=False)
    sys.stdout.flush()
    if outcome == TYPERS_INTERRUPT:
        raise KeyboardInterrupt
    return outcome if isinstance(outcome, int) else DONE


def options_apart(arguments: Sequence[str], with_value: Sequence[str]) -> tuple[list[str], list[str]]:
    """The options that hold for all commands, wherever they stood, and the other arguments."""
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        name = argument.partition("=")[0]
        if argument == "--":
            rest += [argument, *waiting]
        elif argument == JSON or (name in with_value and "=" in argument):
            front.append(argument)
        elif argument in with_value:
            if (value := next(waiting, None)) is None:
                return [*front, argument], []  # the parser then says what is lacking
            front += [argument, value]
        else:
            rest.append(argument)
    return front, rest


def asked(given: Sequence[str]) -> str:
    """The language asked for by option; empty where none is."""
    for place, argument in enumerate(given):
        if argument.startswith(LANGUAGE):
            return argument.partition("=")[2] or (given[place + 1] if place + 1 < len(given) else "")
    return ""


def language_of(wanted: str) -> str:
    """`en` for English, `id` for all else; BALAI_LANGUAGE decides where nothing was asked for."""
    return "en" if (wanted or os.environ.get("BALAI_LANGUAGE", "id")).lower().startswith("en") else "id"


def _make_streams_safe() -> None:
    """A closed stream, or one that lacks a letter of ours, must not stop the work."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  # until the process ends
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _write(document: Mapping[str, object]) -> None:
    """One line of JSON, escaped where stdout speaks no Unicode (Windows, redirected)."""
    unicode = "utf" in (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
    sys.stdout.write(json.dumps(document, ensure_ascii=not unicode, default=_plain) + "\n")


def _tell_of_trouble(trouble: Trouble, language: str, as_json: bool) -> int:
    exit_code = REFUSED if isinstance(trouble, Refused) else ENVIRONMENT
    return _tell(trouble.code, sentence(trouble, language), trouble.field, as_json, exit_code)


def _tell_of_system(fault: OSError, language: str, as_json: bool) -> int:
    """What the operating system refused where nobody foresaw it: a full disk behind stdout, say."""
    where = Path(str(fault.filename)) if fault.filename is not None else Path("-")
    known = trouble_of(fault, where, "system-refused")
    known.facts["reason"] = fault.strerror or type(fault).__name__
    return _tell_of_trouble(known, language, as_json)


def _tell_of_usage(wrong: TyperException, name: str, language: str, as_json: bool) -> int:
    if usage.is_help(wrong):
        sys.stderr.write(wrong.format_message() + "\n")
        return USAGE
    words = f"{usage.sentence(wrong, language)} {phrase('cli-usage', language, program=_path(wrong, name))}"
    return _tell("usage", words, None, as_json, USAGE)


def _path(wrong: TyperException, name: str) -> str:
    """The command as far as it was understood, whose help then says more."""
    context = getattr(wrong, "ctx", None)
    return name if context is None else str(context.command_path)


def _tell(code: str, words: str, concerned: str | None, as_json: bool, exit_code: int) -> int:
    try:
        sys.stderr.write(words + "\n")
        if as_json:
            _write({"refused": {"code": code, "words": words, "field": concerned}})
            sys.stdout.flush()
    except OSError:  # nobody can be told: stdout's disk is full, or its reader has left
        return _say_no_more(exit_code)
    return exit_code


def _say_no_more(exit_code: int) -> int:
    """Let what stdout still holds go nowhere, or the interpreter would complain of it as it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return exit_code


def _of_bug(bug: Exception, language: str) -> str:
    """Where a bug of ours struck (no values, so no personal data), and that nothing was lost."""
    if os.environ.get("BALAI_DEBUG"):
        traceback.print_exception(bug)
    place = traceback.extract_tb(bug.__traceback__)[-1]
    return phrase(
        "unforeseen", language, where=f"{type(bug).__name__} {Path(place.filename).name}:{place.lineno}"
    )


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, set | frozenset | tuple):
        return sorted(value)
    return value.isoformat() if isinstance(value, date) else str(value)
