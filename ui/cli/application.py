"""The `balai` command line: its options, and what becomes of an error.

Exit codes: 0 done, 1 refused (a reason code and words), 2 wrong usage, 3 the environment's fault.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from app.errors import Refused, Trouble
from ui.cli import commands
from ui.cli.desk import Desk, default_folder
from ui.wording import phrase, sentence

DONE, REFUSED, USAGE, ENVIRONMENT = 0, 1, 2, 3
WITH_VALUE = ("--data-dir", "--language", "--as", "--pin", "--recovery-phrase")
FLAGS = ("--json",)

app = typer.Typer(
    name="balai",
    help="Presensi, kemajuan, dan sertifikat balai pelatihan, tanpa jaringan. / "
    "Attendance, progress and certificates of a training centre, with no network.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def _options(
    context: typer.Context,
    data_dir: Annotated[
        Path | None, typer.Option(help="Folder data. / Data folder. [BALAI_DATA_DIR]")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Satu dokumen JSON di stdout. / One JSON document.")
    ] = False,
    language: Annotated[str, typer.Option(help="id | en")] = "",
    login: Annotated[
        str | None, typer.Option("--as", help="Nama masuk petugas. / Login of who works.")
    ] = None,
    pin: Annotated[str | None, typer.Option(help="PIN petugas. / PIN of who works. [BALAI_PIN]")] = None,
    recovery_phrase: Annotated[str | None, typer.Option(help="Kata pemulihan. / Recovery phrase.")] = None,
) -> None:
    chosen = language or os.environ.get("BALAI_LANGUAGE", "id")
    context.obj = Desk(
        data_dir or default_folder(),
        as_json,
        "en" if chosen.startswith("en") else "id",
        login or os.environ.get("BALAI_AS"),
        pin or os.environ.get("BALAI_PIN"),
        recovery_phrase,
    )


commands.register(app)


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code. Nothing that happens reaches a person as a traceback."""
    given = options_first(arguments)
    language = _language(given)
    try:
        outcome = typer.main.get_command(app).main(given, prog_name="balai", standalone_mode=False)
    except typer.Exit as leave:
        return leave.exit_code
    except TyperException as wrong:
        sys.stderr.write(f"{wrong.format_message()}\n{phrase('cli-usage', language)}\n")
        return USAGE
    except (KeyboardInterrupt, typer.Abort):
        sys.stderr.write(phrase("stopped", language) + "\n")
        return REFUSED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # who reads us has left; say no more
        return DONE
    except Trouble as trouble:
        return _tell(trouble, language, "--json" in given)
    except Exception as bug:  # noqa: BLE001  # the last stop before a person
        return _tell_of_bug(bug, language, "--json" in given)
    return outcome if isinstance(outcome, int) else DONE


def options_first(arguments: Sequence[str]) -> list[str]:
    """The arguments with the options that hold for all commands moved to the front, wherever they stood."""
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        name = argument.partition("=")[0]
        if argument == "--":
            rest += [argument, *waiting]
        elif argument in FLAGS or (name in WITH_VALUE and "=" in argument):
            front.append(argument)
        elif argument in WITH_VALUE:
            front += [argument, *([value] if (value := next(waiting, None)) is not None else [])]
        else:
            rest.append(argument)
    return front + rest


def _language(given: Sequence[str]) -> str:
    asked = next((after for option, after in itertools.pairwise(given) if option == "--language"), None)
    return "en" if (asked or os.environ.get("BALAI_LANGUAGE", "id")).startswith("en") else "id"


def _tell(trouble: Trouble, language: str, as_json: bool) -> int:
    words = sentence(trouble, language)
    sys.stderr.write(words + "\n")
    if as_json:
        told = {"code": trouble.code, "words": words, "field": trouble.field}
        sys.stdout.write(json.dumps({"refused": told}, ensure_ascii=False) + "\n")
    return REFUSED if isinstance(trouble, Refused) else ENVIRONMENT


def _tell_of_bug(bug: Exception, language: str, as_json: bool) -> int:
    """A bug of ours: where it happened (no values, so no personal data), and that nothing was lost."""
    if os.environ.get("BALAI_DEBUG"):
        traceback.print_exception(bug)
    place = traceback.extract_tb(bug.__traceback__)[-1]
    where = f"{type(bug).__name__} {Path(place.filename).name}:{place.lineno}"
    words = phrase("unforeseen", language, where=where)
    sys.stderr.write(words + "\n")
    if as_json:
        told = {"code": "unforeseen", "words": words, "field": None}
        sys.stdout.write(json.dumps({"refused": told}, ensure_ascii=False) + "\n")
    return ENVIRONMENT
