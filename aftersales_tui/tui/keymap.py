"""The shop's own keys, made sure of before they are used."""

from collections.abc import Mapping

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.tui.commands.command import Command
from aftersales_tui.tui.commands.registry import COMMANDS, meet


def keymap(given: Mapping[str, str], commands: Mapping[str, Command] = COMMANDS) -> dict[str, str]:
    """The keys by command id, ready for Textual.

    Textual itself takes a key away from another command without a word; so clashes are refused here.

    Args:
        given: ``{"assign": "ctrl+t,x"}``: keys in Textual's spelling, several with commas between.
        commands: What there is.

    Raises:
        Invalid: ``keymap.unknown`` for a command there is not, ``keymap.empty`` for one left without a key,
            ``keymap.clash`` for a key that two commands of one screen would have.
    """
    mine: dict[str, str] = {}
    for name, keys in given.items():
        if name not in commands:
            raise Invalid("keymap.unknown", command=name)
        wanted = [key.strip() for key in keys.split(",") if key.strip()]
        if not wanted:
            raise Invalid("keymap.empty", command=name)
        mine[name] = ",".join(wanted)
    _refuse_clashes(mine, commands)
    return mine


def _refuse_clashes(mine: Mapping[str, str], commands: Mapping[str, Command]) -> None:
    taken: dict[str, list[Command]] = {}
    for command in commands.values():
        keys = mine[command.id].split(",") if command.id in mine else command.keys
        for key in keys:
            for other in taken.setdefault(key, []):
                if meet(command.where, other.where):
                    raise Invalid("keymap.clash", key=key, command=command.id, other=other.id)
            taken[key].append(command)
