"""The options of the shell's commands about people, as Typer wants them; made when the language is known."""

from typing import Annotated, Any

import typer

from aftersales_tui.i18n import say


def words(*names: str) -> Any:
    """The words behind a command, by the catalog keys of what they are."""
    metavar = " ".join(say(name) for name in names) or None
    return Annotated[list[str] | None, typer.Argument(metavar=metavar, show_default=False)]


def text(name: str, option: str = "") -> Any:
    """An option of one text; its words are ``cli.people.<name>``."""
    told = typer.Option(
        option or f"--{name}", help=say(f"cli.people.{name}"), metavar=say(f"cli.people.{name}.value")
    )
    return Annotated[str | None, told]


def many(name: str) -> Any:
    """An option that may be given several times."""
    told = typer.Option(f"--{name}", help=say(f"cli.people.{name}"), metavar=say(f"cli.people.{name}.value"))
    return Annotated[list[str] | None, told]


def flag(name: str) -> Any:
    """An option that is given or not."""
    return Annotated[bool | None, typer.Option(f"--{name}", help=say(f"cli.people.{name}"))]


def of_a_person() -> dict[str, Any]:
    """What is told of somebody new."""
    return {
        "name": words("cli.people.who"),
        "role": text("role"),
        "phone": text("phone"),
        "skill": many("skill"),
        "zone": many("zone"),
        "shift": many("shift"),
    }


def of_a_card() -> dict[str, Any]:
    """What can be changed on a card."""
    return {
        **of_a_person(),
        "new_name": text("new_name", "--name"),
        "since": text("since"),
        "schooling": text("schooling"),
        "trainings": text("trainings"),
        "note": text("note"),
    }


def of_time_off() -> dict[str, Any]:
    """Who is off, when and why."""
    return {
        "words": words("cli.people.who", "cli.people.when", "cli.people.why"),
        "override": text("override"),
        "cancel": flag("cancel"),
    }
