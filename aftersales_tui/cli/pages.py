"""The help of the shell: laid out by terminal cells and spoken in the language of the person who asks."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

import typer.core

from aftersales_tui.bootstrap import command_words
from aftersales_tui.cli.choices import Choices
from aftersales_tui.cli.exit_codes import WORDS
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.grammar import ASK, BARE_PHONE, BARE_TICKET
from aftersales_tui.domain.text import narrow
from aftersales_tui.i18n import say

MARGIN = "  "
FIRST = 34
"""Cells of the left column at most; a longer entry stands on a line of its own."""
WIDTH = 100
MOST_NEAR = 3


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def _pairs(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Two columns, the right one folded; Han text is folded by half as many characters."""
    left = min(FIRST, max((_cells(name) for name, _ in rows), default=0))
    room = WIDTH - left - 2 * len(MARGIN)
    for name, words in rows:
        wide = _cells(words) > len(words)
        folded = textwrap.wrap(words, room // 2 if wide else room) or [""]
        head = MARGIN + name + " " * max(0, left - _cells(name)) + MARGIN
        if _cells(name) > left:
            yield MARGIN + name
            head = " " * (left + 2 * len(MARGIN))
        yield (head + folded[0]).rstrip()
        yield from (" " * (left + 2 * len(MARGIN)) + line for line in folded[1:])


def _section(title: str, rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    if rows:
        yield ""
        yield say(title)
        yield from _pairs(rows)


def _options(command: Any, ctx: Any) -> list[tuple[str, str]]:
    rows = []
    for param in command.get_params(ctx):
        if not any(flag.startswith("-") for flag in param.opts):
            continue
        words = say("cli.option.help") if param.name == "help" else param.help or ""
        value = f" {param.metavar}" if param.metavar else ""
        rows.append((", ".join(param.opts) + value, words))
    return rows


class Worded:
    """Lends a command a help page in the present language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Usage, what it does, commands, options, exit codes."""
        command: Any = self
        usage = " ".join((ctx.command_path, *command.collect_usage_pieces(ctx)))
        lines = [f"{say('cli.usage')} {usage}", "", *(command.help or "").splitlines()]
        if isinstance(self, typer.core.TyperGroup):
            known = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
            shown = [(name, one.help or "") for name, one in known if one is not None and not one.hidden]
            lines += _section("cli.commands", [(n, words.partition("\n")[0]) for n, words in shown])
        lines += _section("cli.options", _options(command, ctx))
        if ctx.parent is None:
            lines += _section("cli.exit", [(str(code), say(key)) for code, key in WORDS.items()])
        formatter.write("\n".join(lines) + "\n")

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ARG002 (Typer hands it over)
        """What stands behind the command's name in the usage line."""
        command: Any = self
        pieces: list[str] = [say("cli.usage.options")]
        if isinstance(self, typer.core.TyperGroup):
            return [*pieces, say("cli.usage.command")]
        return [*(param.metavar or param.name for param in command.params if param.param_type_name == "argument"),
                *pieces]  # fmt: skip


class WordedCommand(Worded, typer.core.TyperCommand):
    """A command with such a page."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take the words of a command line apart.

        Raises:
            Invalid: ``cli.not_alone`` for a word that only an option takes, with the options that take one;
                ``cli.too_much`` where there is none. Typer says it in English.
        """
        ctx.allow_extra_args = True
        left: list[str] = super().parse_args(ctx, args)
        if left and not ctx.resilient_parsing:
            given, takers = " ".join(left), self._takers(ctx)
            if takers:
                raise Invalid("cli.not_alone", given=given, options=tuple(takers))
            raise Invalid("cli.too_much", given=given)
        return left

    def _takers(self, ctx: Any) -> list[str]:
        """The command's own options that take a value, as the help shows them."""
        shared = {part.name for part in fields(Choices)}
        return [
            f"{param.opts[0]} {param.metavar or ''}".rstrip()
            for param in self.get_params(ctx)
            if param.name not in shared
            and param.param_type_name == "option"
            and not getattr(param, "is_flag", False)
            and param.name != "help"
        ]


class WordedGroup(Worded, typer.core.TyperGroup):
    """A group with such a page."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[Any, Any, list[str]]:
        """The command of the first word.

        Raises:
            Invalid: ``cli.no_command``.
        """
        if args[0] not in self.commands and not args[0].startswith("-"):
            raise Invalid("cli.no_command", given=args[0][:40])
        return super().resolve_command(ctx, args)


class Root(WordedGroup):
    """The program: knows its verbs by every word of the command language, and bare numbers."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[Any, Any, list[str]]:
        """The command of the first word: its name, another word for it, a ticket's number or a phone.

        Raises:
            Invalid: ``cli.no_such_command`` with the nearest ones, ``cli.no_command`` where none is near.
        """
        word = args[0]
        if narrow(word) == ASK:
            return "run", self.commands["run"], [ASK, *args[1:]]
        name = word if word in self.commands else self._meant(word)
        if name in {"show", "who"} and name != word and self._bare(word) == name:
            return name, self.commands[name], args
        if name:
            return name, self.commands[name], args[1:]
        if word.startswith("-"):
            return super().resolve_command(ctx, args)
        from difflib import get_close_matches

        near = get_close_matches(word.casefold(), [*self.commands], MOST_NEAR, 0.5)
        if not near:
            raise Invalid("cli.no_command", given=word[:40])
        raise Invalid("cli.no_such_command", given=word[:40], nearest=tuple(near))

    def _meant(self, word: str) -> str:
        verb = command_words().verb(word)
        return verb.id if verb is not None else self._bare(word)

    @staticmethod
    def _bare(word: str) -> str:
        if BARE_TICKET.fullmatch(word):
            return "show"
        return "who" if BARE_PHONE.fullmatch(word) else ""
