"""The options that every command has, before it or behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Annotated, Any

import typer

from aftersales_tui.i18n import say
from aftersales_tui.settings import Settings, load_settings


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen on the command line; empty where nothing was.

    Attributes:
        as_json: Answers are JSON.
        database: Path or URL of the store.
        language: To speak in.
        seat: The seat's name.
        person: Who acts.
        ascii: Borders in ASCII.
        no_mouse: The terminal keeps its mouse.
    """

    as_json: bool = False
    database: str = ""
    language: str = ""
    seat: str = ""
    person: str = ""
    ascii: bool = False
    no_mouse: bool = False

    def over(self, other: "Choices") -> "Choices":
        """These choices, and those of ``other`` where nothing was chosen here."""
        mine = {part.name: getattr(self, part.name) for part in fields(self) if getattr(self, part.name)}
        return replace(other, **mine)

    def settings(self) -> Settings:
        """The settings with these choices on top.

        Raises:
            Invalid: As ``load_settings``.
        """
        return load_settings(
            database=self.database or None,
            language=self.language or None,
            seat=self.seat or None,
            person=self.person or None,
            ascii=self.ascii or None,
            mouse=False if self.no_mouse else None,
        )


def options(*, screen: bool = False) -> Mapping[str, Any]:
    """The options as Typer wants them, by the names of ``Choices``; made when the language is known.

    Args:
        screen: Also those that only the screens need.
    """
    found: dict[str, Any] = {
        "as_json": Annotated[bool, typer.Option("--json", help=say("cli.option.json"))],
        "database": _text("database", say("cli.option.database"), "--db", "--database"),
        "language": _text("language", say("cli.option.language"), "--lang", "--language"),
        "seat": _text("seat", say("cli.option.seat"), "--seat"),
        "person": _text("person", say("cli.option.person"), "--as", "--person"),
    }
    if screen:
        found["ascii"] = Annotated[bool, typer.Option("--ascii", help=say("cli.option.ascii"))]
        found["no_mouse"] = Annotated[bool, typer.Option("--no-mouse", help=say("cli.option.no_mouse"))]
    return found


def _text(name: str, words: str, *flags: str) -> Any:
    return Annotated[str, typer.Option(*flags, help=words, metavar=say(f"cli.value.{name}"))]
