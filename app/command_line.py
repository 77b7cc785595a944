"""What the program's commands have in common: options anywhere, two ways of speaking, exit codes.

People read sentences and tables; scripts ask for `--json` and get one document on stdout and nothing
else there. Exit codes: 0 done, 1 refused (a reason code and words), 2 wrong usage, 3 the environment's fault.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import typer
from rich.console import Console
from typer.exceptions import TyperException

from app.errors import Refused, Trouble
from app.wording import phrase, sentence

DONE, REFUSED, USAGE, ENVIRONMENT = 0, 1, 2, 3
JSON, LANGUAGE = "--json", "--language"


@dataclass(slots=True)
class Voice:
    """How a command speaks: in which language, and whether to a person or to a script."""

    as_json: bool = False
    language: str = "id"
    out: Console = field(default_factory=lambda: Console(highlight=False, soft_wrap=not sys.stdout.isatty()))
    err: Console = field(default_factory=lambda: Console(stderr=True, highlight=False, soft_wrap=True))

    def words(self, code: str, /, **facts: object) -> str:
        """The sentence of a code in the person's language."""
        return phrase(code, self.language, **facts)

    def say(self, code: str, /, **facts: object) -> None:
        """A sentence about what happened, on stderr, so that stdout stays the document's."""
        self.err.print(self.words(code, **facts), markup=False)

    def document(self, document: Mapping[str, object]) -> None:
        """The one document that a script gets."""
        sys.stdout.write(json.dumps(document, ensure_ascii=False, default=_plain) + "\n")
        sys.stdout.flush()


def run(app: typer.Typer, name: str, arguments: Sequence[str], with_value: Sequence[str]) -> int:
    """Run one command; returns the exit code. Nothing that happens reaches a person as a traceback.

    `with_value` are the options that hold for every command and take a value; they may stand anywhere.
    """
    given = options_first(arguments, with_value)
    language, as_json = language_of(asked(given)), JSON in given
    try:
        outcome = typer.main.get_command(app).main(given, prog_name=name, standalone_mode=False)
    except typer.Exit as leave:
        return leave.exit_code
    except TyperException as wrong:
        sys.stderr.write(f"{wrong.format_message()}\n{phrase('cli-usage', language, program=name)}\n")
        return USAGE
    except (KeyboardInterrupt, typer.Abort):
        sys.stderr.write(phrase("stopped", language) + "\n")
        return REFUSED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # who reads us has left; say no more
        return DONE
    except Trouble as trouble:
        exit_code = REFUSED if isinstance(trouble, Refused) else ENVIRONMENT
        return _tell(trouble.code, sentence(trouble, language), trouble.field, as_json, exit_code)
    except Exception as bug:  # noqa: BLE001  # the last stop before a person
        return _tell("unforeseen", _of_bug(bug, language), None, as_json, ENVIRONMENT)
    return outcome if isinstance(outcome, int) else DONE


def options_first(arguments: Sequence[str], with_value: Sequence[str]) -> list[str]:
    """The arguments with the options that hold for all commands moved to the front, wherever they stood."""
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
            front += [argument, *([value] if (value := next(waiting, None)) is not None else [])]
        else:
            rest.append(argument)
    return front + rest


def asked(given: Sequence[str]) -> str:
    """The language asked for by option; empty where none is."""
    for place, argument in enumerate(given):
        if argument.startswith(LANGUAGE):
            return argument.partition("=")[2] or (given[place + 1] if place + 1 < len(given) else "")
    return ""


def language_of(wanted: str) -> str:
    """`en` for English, `id` for all else; BALAI_LANGUAGE decides where nothing was asked for."""
    return "en" if (wanted or os.environ.get("BALAI_LANGUAGE", "id")).lower().startswith("en") else "id"


def _tell(code: str, words: str, concerned: str | None, as_json: bool, exit_code: int) -> int:
    sys.stderr.write(words + "\n")
    if as_json:
        told = {"code": code, "words": words, "field": concerned}
        sys.stdout.write(json.dumps({"refused": told}, ensure_ascii=False) + "\n")
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
