"""What lets a screen, a widget or the app carry out commands."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from inspect import iscoroutine
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.dom import DOMNode

from aftersales_tui.tui.commands.command import Command
from aftersales_tui.tui.commands.registry import COMMANDS, in_scope

if TYPE_CHECKING:
    from textual.screen import Screen

    from aftersales_tui.tui.host import Host

Verb = Callable[..., Awaitable[None] | None]


def _binding(command: Command) -> Binding:
    return Binding(
        ",".join(command.keys),
        f"run_command('{command.id}')",
        command.id,
        show=False,
        priority=command.priority,
        id=command.id,
    )


class Commanded:
    """Gives a node the keys of its scopes, and their one way of being run.

    ``do_<id>`` does the command; an optional ``can_<id>`` tells whether it would work at this moment. A key whose
    method is missing is an error when the class is made: there are no dead keys.

    Attributes:
        scopes: The scopes whose commands this class itself carries out.
    """

    scopes: ClassVar[tuple[str, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init_subclass__(cls, **options: Any) -> None:
        """Bind the keys of the class's own scopes, and of those it has from classes that are no nodes."""
        scopes = cls.__dict__.get("scopes", ())
        mine = [command for scope in scopes for command in in_scope(scope)]
        missing = [command.id for command in mine if not callable(getattr(cls, command.verb[0], None))]
        if missing:
            raise TypeError(f"{cls.__name__} cannot do: {', '.join(missing)}")
        if issubclass(cls, DOMNode):
            # Textual collects bindings from nodes alone.
            lent = [
                kind.__dict__.get("scopes", ()) for kind in cls.__mro__[1:] if not issubclass(kind, DOMNode)
            ]
            bound = dict.fromkeys(scope for some in (scopes, *lent) for scope in some)
            keys = [_binding(command) for scope in bound for command in in_scope(scope) if command.keys]
            cls.BINDINGS = [*cls.__dict__.get("BINDINGS", ()), *keys]
        super().__init_subclass__(**options)

    @property
    def desk_app(self) -> "Host":
        """The app, by its own type."""
        return cast("Host", cast("DOMNode", self).app)

    def my_commands(self) -> Iterator[Command]:
        """The commands of this node's scopes that would work now, in the registry's order."""
        scopes = {scope for kind in type(self).__mro__ for scope in kind.__dict__.get("scopes", ())}
        return (command for command in COMMANDS.values() if command.where in scopes and self.can(command))

    def can(self, command: Command) -> bool:
        """Whether a command of this node would work now."""
        name, arguments = command.verb
        allowed: Callable[..., bool] | None = getattr(self, name.replace("do_", "can_", 1), None)
        return allowed is None or allowed(*arguments)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Textual's question whether a key is alive here."""
        if action == "run_command" and parameters:
            return self.can(COMMANDS[str(parameters[0])])
        return True

    async def action_run_command(self, command_id: str) -> None:
        """Do a command; what may take long goes on in a worker, so that no key waits for it."""
        trouble = self.desk_app.trouble
        self.desk_app.settle()
        name, arguments = COMMANDS[command_id].verb
        with trouble.guard():
            work = getattr(self, name)(*arguments)
            if iscoroutine(work):
                node = cast("DOMNode", self)
                node.run_worker(trouble.guarded(work), group=name, exit_on_error=False)
                # The verb runs up to its first wait, so that a dialog stands before the next key is handled.
                await asyncio.sleep(0)
                await asyncio.sleep(0)


def commands_here(screen: "Screen[Any]") -> list[tuple[Command, Commanded]]:
    """The commands that work on a screen at this moment with the node that does each, nearest first."""
    chain: list[object] = list(screen.focused.ancestors_with_self) if screen.focused else [screen, screen.app]
    if screen.app not in chain:
        chain.append(screen.app)
    found: dict[str, tuple[Command, Commanded]] = {}
    for node in chain:
        if isinstance(node, Commanded):
            for command in node.my_commands():
                found.setdefault(command.id, (command, node))
    return list(found.values())
