"""The shell: every verb of the command language as a command, made from its registry when the language is known."""

import inspect
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import partial
from typing import Annotated, Any

import typer

from aftersales_tui.cli import customers, floor, imports, rang, shop
from aftersales_tui.cli import people as staff
from aftersales_tui.cli import people_options as options_of
from aftersales_tui.cli.choices import Choices, options
from aftersales_tui.cli.doctor import doctor
from aftersales_tui.cli.exit_codes import INTERRUPTED, OK, UNEXPECTED
from aftersales_tui.cli.exports import export
from aftersales_tui.cli.output import Output, ReaderGone
from aftersales_tui.cli.pages import Root, WordedCommand, WordedGroup
from aftersales_tui.cli.session import Ended
from aftersales_tui.cli.start import open_app
from aftersales_tui.domain.errors import DomainError, Invalid
from aftersales_tui.domain.grammar import VERBS, Verb
from aftersales_tui.exchange.layouts import LAYOUTS
from aftersales_tui.i18n import say
from aftersales_tui.tui.trace import write_down

UsageError: Any = typer.BadParameter.__mro__[1]
"""What Typer raises for a command that was typed wrongly; it has its own copy of Click and hides the name."""
PROGRAM = "aftersales"
FLOOR = ("register", "messages", "visitors", "handover")
"""Verbs whose commands have options of their own."""
PEOPLE = "people"
"""A verb that is a group of commands in the shell."""
Work = Callable[..., int]


def build() -> typer.Typer:
    """The program with all its commands, in the language spoken now."""
    app = typer.Typer(
        cls=Root, name=PROGRAM, help=say("cli.about"), add_completion=False, invoke_without_command=True
    )
    version = _flag("--version", "cli.option.version")
    app.callback()(_signed(_begin, {"version": version, **options(screen=True)}))
    for verb in VERBS:
        if verb.id in (*FLOOR, PEOPLE):
            continue
        words = _argument(*(f"[{_word(name)}]" if free else _word(name) for name, free in usage(verb)))
        _add(app, verb.id, _verb(verb), _about(verb.id), words=words)
    _front_room(app)
    _add(app, "run", shop.run, say("cli.run.help"), line=_argument(say("cli.value.line")))
    demo = {"tickets": _number("--tickets", "cli.demo.tickets"), "make": _flag("--make", "cli.demo.make")}
    _add(app, "demo", shop.demo, say("cli.demo.help"), screen=True, **demo)
    _add(app, "cheatsheet", shop.cheatsheet, say("cli.cheatsheet.help"))
    _add(app, "where", shop.where, say("cli.where.help"))
    _add(app, "doctor", doctor, say("doctor.help"))
    _add(app, "export", export, say("export.help"), **_of_an_export())
    people = typer.Typer(cls=WordedGroup, help=say("cli.engineer.help"), invoke_without_command=True)
    people.callback()(_help_alone)
    _add(people, "add", shop.add_engineer, say("cli.engineer.add.help"), **_of_an_engineer())
    _add(people, "list", shop.list_engineers, say("cli.engineer.list.help"))
    app.add_typer(people, name="engineer")
    app.add_typer(_customers(), name="customer")
    app.add_typer(_people(), name=PEOPLE)
    app.add_typer(_imports(), name="import")
    return app


def _front_room(app: typer.Typer) -> None:
    """The books of the front room: verbs that in the shell have options of their own."""
    about = {name: f"{say(f'verb.{name}.help')}\n\n{_in_app(name)}" for name in FLOOR}
    _add(app, "register", floor.register, about["register"], **floor.of_register())
    _add(app, "messages", floor.messages, about["messages"], **floor.of_messages())
    _add(app, "visitors", floor.visitors, about["visitors"], **floor.of_visitors())
    book = typer.Typer(cls=WordedGroup, help=about["handover"], invoke_without_command=True)
    book.callback()(_signed(_alone(floor.handover), options()))
    _add(book, "take", floor.take_over, say("cli.handover.take.help"))
    _add(book, "note", floor.note, say("cli.handover.note.help"), **floor.of_note())
    app.add_typer(book, name="handover")


def _in_app(verb_id: str) -> str:
    return say("cli.in_app", line=say(f"verb.{verb_id}.example"))


def _alone(work: Work) -> Callable[..., int]:
    """What a group does that was given no command of its own; its options count for that, too."""

    def begin(ctx: typer.Context, **given: Any) -> int:
        above = ctx.find_root().obj
        chosen = Choices(**given)
        chosen = chosen.over(above) if isinstance(above, Choices) else chosen
        ctx.find_root().obj = chosen
        return OK if ctx.invoked_subcommand else work(chosen)

    return begin


def _customers() -> typer.Typer:
    """The commands about one customer's file."""
    group = typer.Typer(cls=WordedGroup, help=say("cli.customer.help"), invoke_without_command=True)
    group.callback()(_help_alone)
    who, reason = (
        _one("cli.customer.who"),
        _text("--reason", "cli.customer.reason", "cli.customer.reason.value"),
    )
    everybody = _flag("--all", "cli.customer.all")
    _add(
        group,
        "duplicates",
        customers.list_duplicates,
        say("cli.customer.duplicates.help"),
        everybody=everybody,
    )
    both = {"kept": _one("cli.customer.kept"), "lost": _one("cli.customer.lost")}
    take = Annotated[
        list[str] | None,
        typer.Option("--take", help=say("cli.customer.take"), metavar=say("cli.customer.take.value")),
    ]
    dry_run = _flag("--dry-run", "cli.customer.dry_run")
    _add(group, "merge", customers.merge, say("cli.customer.merge.help"), **both, take=take, dry_run=dry_run)
    to = _text("--to", "cli.customer.to", "cli.customer.to.value")
    _add(group, "export", customers.export, say("cli.customer.export.help"), who=who, to=to, reason=reason)
    yes = _flag("--yes", "cli.customer.yes")
    _add(group, "contacts", rang.list_contacts, say("cli.customer.contacts.help"), who=who)
    _add(group, "rang", rang.rang, say("cli.customer.rang.help"), who=who, **_of_a_call())
    _add(group, "erase", customers.erase, say("cli.customer.erase.help"), who=who, reason=reason, yes=yes)
    return group


def _of_a_call() -> dict[str, Any]:
    """How a call went that a customer's file has asked for."""
    return {
        "result": _one("cli.customer.result"),
        "words": _text("--words", "cli.customer.words", "cli.customer.words.value"),
        "again": _text("--again", "cli.customer.again", "cli.customer.again.value"),
        "about": _text("--about", "cli.customer.about", "cli.customer.about.value"),
    }


def _people() -> typer.Typer:
    """The group about the shop's people; alone it lists them, as the verb of that name does in the app."""
    group = typer.Typer(cls=WordedGroup, help=_about(PEOPLE), invoke_without_command=True)

    def alone(ctx: typer.Context, left: bool | None = None, **given: Any) -> int:
        above = ctx.find_root().obj
        ctx.find_root().obj = Choices(**given).over(above) if isinstance(above, Choices) else Choices(**given)
        return OK if ctx.invoked_subcommand else staff.list_people(ctx.find_root().obj, left)

    group.callback()(_signed(alone, {"left": options_of.flag("left"), **options()}))
    name = {"name": options_of.words("cli.people.who")}
    _add(group, "add", staff.add_person, say("cli.people.add.help"), **options_of.of_a_person())
    _add(group, "edit", staff.edit_person, say("cli.people.edit.help"), **options_of.of_a_card())
    _add(group, "show", staff.show_person, say("cli.people.show.help"), **name)
    _add(group, "off", staff.time_off, say("cli.people.off.help"), **options_of.of_time_off())
    _add(group, "leave", staff.leave, say("cli.people.leave.help"), **name)
    _add(group, "back", staff.come_back, say("cli.people.back.help"), **name)
    return group


def _imports() -> typer.Typer:
    """The commands that read files in."""
    group = typer.Typer(cls=WordedGroup, help=say("cli.import.help"), invoke_without_command=True)
    group.callback()(_help_alone)
    for kind in LAYOUTS:
        _add(group, kind, partial(imports.take_in, kind), say(f"cli.import.{kind}"), **imports.file_options())
    batch = imports.batch_argument()
    _add(group, "list", imports.list_batches, say("cli.import.list"))
    _add(group, "resume", imports.resume, say("cli.import.resume"), batch=batch)
    _add(group, "undo", imports.undo, say("cli.import.undo"), batch=batch)
    return group


def run(argv: list[str]) -> int:
    """Run a command; answers the exit code. The language is chosen already."""
    output = Output("--json" in argv)
    try:
        code = build()(args=argv, prog_name=PROGRAM, standalone_mode=False)
        sys.stdout.flush()
    except Ended as ended:
        return ended.code
    except DomainError as error:
        return output.error(error)
    except UsageError as error:
        return output.error(_misused(error))
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except (ReaderGone, BrokenPipeError):
        # Whoever reads has enough. What is still buffered must not be complained of when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except Exception as error:
        output.complain(say("cli.unexpected", file=write_down(error)))
        return UNEXPECTED
    return code if isinstance(code, int) else OK


def usage(verb: Verb) -> list[tuple[str, bool]]:
    """The names of a verb's arguments in order, each with whether it may be left out."""
    named = [(argument.name, not argument.required) for argument in verb.arguments]
    ticket = [("ticket", False)] if verb.on_ticket else []
    return [*ticket, *named, *([("override", True)] if verb.overridable else [])]


def _about(verb_id: str) -> str:
    """What a verb does, and how it is said in the app."""
    in_app = say("cli.in_app", line=say(f"verb.{verb_id}.example"))
    return f"{say(f'verb.{verb_id}.help')}\n\n{in_app}"


def _word(name: str) -> str:
    return say(f"argument.{name}")


def _verb(verb: Verb) -> Work:
    def work(choices: Choices, words: list[str] | None = None) -> int:
        return shop.say_verb(choices, verb, words or [])

    return work


def _begin(ctx: typer.Context, version: bool | None = None, **given: Any) -> int:
    """Without a command: the desk itself, or which version it is."""
    ctx.obj = Choices(**given)
    if version and not ctx.invoked_subcommand:
        return shop.version(ctx.obj)
    return OK if ctx.invoked_subcommand else open_app(ctx.obj.settings())


def _help_alone(ctx: typer.Context) -> int:
    """A group without a command tells which it has."""
    if ctx.invoked_subcommand is None:
        Output().block(ctx.get_help())
    return OK


def _add(app: typer.Typer, name: str, work: Work, about: str, /, *, screen: bool = False, **own: Any) -> None:
    """Add a command.

    Args:
        app: The group it belongs to.
        name: Of the command.
        work: Given the choices and the command's own parameters; answers the exit code.
        about: Its help.
        screen: Whether it opens the screens.
        own: The types of its own parameters, as Typer wants them.
    """

    def command(ctx: typer.Context, **given: Any) -> int:
        mine = {parameter: given.pop(parameter) for parameter in own}
        chosen, above = Choices(**given), ctx.find_root().obj
        return work(chosen.over(above) if isinstance(above, Choices) else chosen, **mine)

    app.command(name, cls=WordedCommand, help=about)(_signed(command, {**own, **options(screen=screen)}))


def _signed(command: Callable[..., int], parameters: Mapping[str, Any]) -> Callable[..., int]:
    """Give a function the signature that Typer makes its options from."""
    defaults = {part.name: part.default for part in fields(Choices)}
    kinds = {"ctx": typer.Context, **parameters}
    command.__annotations__ = {**kinds, "return": int}
    command.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                annotation=kind,
                default=inspect.Parameter.empty if name == "ctx" else defaults.get(name),
            )
            for name, kind in kinds.items()
        ]
    )
    return command


def _argument(*words: str) -> Any:
    return Annotated[list[str] | None, typer.Argument(metavar=" ".join(words) or None, show_default=False)]


def _one(words: str) -> Any:
    return Annotated[str, typer.Argument(metavar=say(words), show_default=False)]


def _text(flag: str, words: str, value: str) -> Any:
    return Annotated[str | None, typer.Option(flag, help=say(words), metavar=say(value))]


def _flag(flag: str, words: str) -> Any:
    return Annotated[bool | None, typer.Option(flag, help=say(words))]


def _number(flag: str, words: str) -> Any:
    return Annotated[int | None, typer.Option(flag, min=0, help=say(words), metavar="N")]


def _of_an_export() -> dict[str, Any]:
    def text(flag: str, words: str, value: str) -> Any:
        return Annotated[str | None, typer.Option(flag, help=words, metavar=value)]

    return {
        "what": _argument(say("export.what")),
        "to": text("--to", say("export.to"), say("export.to.value")),
        "form": text("--format", say("export.format"), say("export.format.value")),
        "reason": text("--reason", say("export.reason"), say("export.reason.value")),
    }


def _of_an_engineer() -> dict[str, Any]:
    def many(flag: str, words: str) -> Any:
        return Annotated[list[str] | None, typer.Option(flag, help=say(words), metavar=say(f"{words}.value"))]

    return {
        "name": _argument(say("argument.engineer")),
        "phone": Annotated[
            str | None, typer.Option("--phone", help=say("cli.engineer.phone"), metavar=_word("phone"))
        ],
        "skill": many("--skill", "cli.engineer.skill"),
        "zone": many("--zone", "cli.engineer.zone"),
        "shift": many("--shift", "cli.engineer.shift"),
    }


def _misused(error: Any) -> DomainError:
    """What Typer complains of, as an error of ours: it speaks English only."""
    option = getattr(error, "option_name", None)
    if option and type(error).__name__ == "NoSuchOption":
        return Invalid("cli.no_such_option", given=option)
    if option:
        return Invalid("cli.option_wants_value", given=option)
    param = getattr(error, "param", None)
    if param is not None and param.param_type_name == "argument":
        if type(error).__name__ == "MissingParameter":
            return Invalid("cli.argument_missing", given=param.metavar or "")
        return Invalid("cli.misused", given=param.metavar or "")
    flags = "/".join(getattr(param, "opts", ()) or ())
    context = getattr(error, "ctx", None)
    return Invalid("cli.misused", given=flags or (context.command_path if context else PROGRAM))
