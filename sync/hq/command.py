"""The `balai-hq` command line: its options, and what becomes of an error.

Exit codes: 0 done, 1 refused (a reason code and words), 2 wrong usage, 3 the environment's fault.
"""

from __future__ import annotations

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
from sync.hq import papers, setting_up
from sync.hq.desk import Desk, default_folder
from sync.hq.words import phrase, sentence

DONE, REFUSED, USAGE, ENVIRONMENT = 0, 1, 2, 3
WITH_VALUE = ("--data-dir", "--language")

app = typer.Typer(
    name="balai-hq",
    help="Server pusat Balai. / Headquarters' server of Balai.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def _options(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Option("--data-dir", help="Folder pusat. / Headquarters' folder. [BALAI_HQ_DIR]")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Satu dokumen JSON di stdout. / One JSON document.")
    ] = False,
    language: Annotated[str, typer.Option(help="id | en")] = "",
) -> None:
    context.obj = Desk(folder or default_folder(), as_json, _language(language))


setting_up.register(app)
papers.register(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code. Nothing that happens reaches a person as a traceback."""
    given = _options_first(arguments)
    as_json, language = "--json" in given, _language(_asked(given))
    try:
        outcome = typer.main.get_command(app).main(given, prog_name="balai-hq", standalone_mode=False)
    except typer.Exit as leave:
        return leave.exit_code
    except TyperException as wrong:
        sys.stderr.write(f"{wrong.format_message()}\n{phrase('hq-usage', language)}\n")
        return USAGE
    except (KeyboardInterrupt, typer.Abort):
        return REFUSED
    except Trouble as trouble:
        return _tell(
            trouble.code,
            sentence(trouble, language),
            as_json,
            REFUSED if isinstance(trouble, Refused) else ENVIRONMENT,
        )
    except Exception as bug:  # noqa: BLE001  # the last stop before a person
        if os.environ.get("BALAI_DEBUG"):
            traceback.print_exception(bug)
        place = traceback.extract_tb(bug.__traceback__)[-1]
        where = f"{type(bug).__name__} {Path(place.filename).name}:{place.lineno}"
        return _tell("unforeseen", phrase("hq-unforeseen", language, where=where), as_json, ENVIRONMENT)
    return outcome if isinstance(outcome, int) else DONE


def _tell(code: str, words: str, as_json: bool, exit_code: int) -> int:
    sys.stderr.write(words + "\n")
    if as_json:
        sys.stdout.write(json.dumps({"refused": {"code": code, "words": words}}, ensure_ascii=False) + "\n")
    return exit_code


def _options_first(arguments: Sequence[str]) -> list[str]:
    """The arguments with the options that hold for all commands moved to the front, wherever they stood."""
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            rest += [argument, *waiting]
        elif argument == "--json" or argument.partition("=")[0] in WITH_VALUE:
            front.append(argument)
            if argument in WITH_VALUE and (value := next(waiting, None)) is not None:
                front.append(value)
        else:
            rest.append(argument)
    return front + rest


def _asked(given: Sequence[str]) -> str:
    for at, argument in enumerate(given):
        if argument == "--language" and at + 1 < len(given):
            return given[at + 1]
    return next((a.partition("=")[2] for a in given if a.startswith("--language=")), "")


def _language(asked: str) -> str:
    return "en" if (asked or os.environ.get("BALAI_LANGUAGE", "id")).startswith("en") else "id"


if __name__ == "__main__":
    main()
