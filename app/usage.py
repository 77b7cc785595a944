"""How a command is used, in the reader's language: its help, and a sentence for what was typed wrongly.

Help texts are written once, as `Bahasa Indonesia. / English.`; a reader is shown one of the two.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import typer
from typer.exceptions import TyperException

from app.wording import phrase

HEADINGS = {"Arguments": "Isian", "Options": "Pilihan", "Commands": "Perintah"}
CLICKS = {
    "Show this message and exit.": "Tampilkan bantuan ini.",
    "[required]": "[wajib]",
    "[default: ": "[bawaan: ",
}
_SIDES = re.compile(r" / (?=[A-Z0-9])")
_UNKNOWN_COMMAND = re.compile(r"No such command '(.*?)'\.(?: Did you mean (.*)\?)?", re.DOTALL)
_EXTRA = re.compile(r"Got unexpected extra argument\S* \((.*)\)", re.DOTALL)
_WHY = re.compile(r"^Value error, |\.$")


@cache
def parser(app: typer.Typer, language: str) -> Any:
    """The application as a command to run, its help in one language. Kept: making it costs more than a
    command's own work."""
    made = typer.main.get_command(app)
    _speak(made, language)
    return made


def sentence(wrong: TyperException, language: str) -> str:
    """What was typed wrongly, as a sentence; in the parser's own English where it is a rare kind."""
    match type(wrong).__name__:
        case "MissingParameter":
            return phrase("usage-missing", language, what=_named(wrong))
        case "NoSuchOption":
            return phrase("usage-no-option", language, what=_attribute(wrong, "option_name"))
        case "BadOptionUsage":
            return phrase("usage-needs-value", language, what=_attribute(wrong, "option_name"))
        case "BadParameter":
            return phrase("usage-bad-value", language, what=_named(wrong), why=_WHY.sub("", wrong.message))
    if found := _UNKNOWN_COMMAND.fullmatch(wrong.message):
        code = "usage-no-command-near" if found[2] else "usage-no-command"
        return phrase(code, language, what=found[1], near=found[2] or "")
    if found := _EXTRA.fullmatch(wrong.message):
        return phrase("usage-extra", language, what=found[1])
    return wrong.format_message()


def is_help(wrong: TyperException) -> bool:
    """Whether a group was named without a command: what came out is its help, and nothing is wrong in it."""
    return type(wrong).__name__ == "NoArgsIsHelpError"


def _named(wrong: TyperException) -> str:
    """The option or argument concerned, as people type it."""
    parameter = _attribute(wrong, "param")
    if parameter is None:
        return str(_attribute(wrong, "param_hint") or "")
    if parameter.param_type_name == "option":
        return str(parameter.opts[0])
    return str(parameter.metavar or parameter.name.upper())


def _attribute(wrong: TyperException, name: str) -> Any:
    return getattr(wrong, name, None)


def _speak(command: Any, language: str) -> None:
    command.help = _side(command.help, language)
    command.short_help = _side(command.short_help, language)
    if language == "id":
        command.context_class = _INDONESIAN
    for parameter in command.params:
        parameter.help = _side(getattr(parameter, "help", None), language)
    for inner in getattr(command, "commands", {}).values():
        _speak(inner, language)


def _side(text: str | None, language: str) -> str | None:
    """The half of `Bahasa Indonesia. / English.` in this language."""
    if not text:
        return text
    sides = _SIDES.split(text.strip(), maxsplit=1)
    return sides[-1] if language == "en" else sides[0]


def _translated(said: str) -> str:
    """A line of help with what click itself says in it in Indonesian."""
    for english, indonesian in CLICKS.items():
        said = said.replace(english, indonesian)
    return said


class _Indonesian(typer.Context.formatter_class):  # type: ignore[valid-type,misc]  # its class by the only public name
    """Click's help pages with Indonesian headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, "Cara pakai: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(HEADINGS.get(heading, heading))

    def write_dl(self, rows: Any, *sizes: int) -> None:
        super().write_dl([(name, _translated(said)) for name, said in rows], *sizes)


_INDONESIAN = type("IndonesianContext", (typer.Context,), {"formatter_class": _Indonesian})
