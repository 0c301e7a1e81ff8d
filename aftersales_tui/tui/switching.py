"""Another person sits down at this seat: what belonged to the former goes out of view (A3; C12, A4).

His calls stay as his drafts and come back with him; his claims are let go; undo, the lines he typed, the forms he left,
the file he was reading in and what he copied are not for whoever sits here next. The messages on the top line are
those of whoever sits here.
"""

import asyncio
from typing import TYPE_CHECKING

from aftersales_tui.settings import save_setting
from aftersales_tui.tui.bridge import fresh_id
from aftersales_tui.tui.customer import left
from aftersales_tui.tui.holding import holding
from aftersales_tui.tui.receipts import done
from aftersales_tui.tui.typed_lines import forget
from aftersales_tui.tui.widgets.status import BAD, saying

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aftersales_tui.desk.desk import Desk
    from aftersales_tui.tui.host import Host
    from aftersales_tui.tui.screens.base import DeskScreen
    from aftersales_tui.views.staff import Seatable


async def switch_person(app: "Host") -> None:
    """Ask who sits down, and let him."""
    from aftersales_tui.tui.dialogs.switch_person import SwitchPerson

    if app.screen.is_modal:
        # What is half said in a dialog is the former's own affair: a script that is open holds a claim of his.
        app.tell(saying("seat.finish_first", BAD))
        return

    def chosen(staff_id: int) -> None:
        seating = holding(app.type_ahead, app.trouble.guarded(_seat(app, staff_id)))
        app.run_worker(seating, exit_on_error=False)

    with app.type_ahead.hold():
        people, here = await app.bridge.run(_seatable)
        app.push_screen(SwitchPerson(people, here, chosen))


def _seatable(desk: "Desk") -> "tuple[tuple[Seatable, ...], int]":
    """Who may sit down and who sits here; in the desk's lane."""
    return desk.roster.seatable(), desk.people.me().staff_id


async def _seat(app: "Host", staff_id: int) -> None:
    """The former puts his things away, the other one sits down and finds his own."""
    screens = tuple(_screens(app))
    try:
        for screen in screens:
            await screen.hand_over()
        receipt = await app.bridge.write(lambda desk, act: desk.people.sit_down(act, staff_id), fresh_id())
        if app.clipboard:
            # Empties the terminal's too, into which it was copied.
            app.copy_to_clipboard("")
        forget(app)
        left.forget(app)
        _is_called(app, receipt.params["name"], await app.bridge.run(_messages))
        app.tell(done(receipt, app.zone))
    finally:
        for screen in screens:
            screen.seated()
    await _remember(app)


async def know_again(app: "Host") -> None:
    """The card of whoever sits here was changed: he may be called otherwise, and his drafts go with him."""
    from aftersales_tui.tui.drafts import drafts_of

    me = await app.bridge.run(lambda desk: desk.people.know_me_again())
    if me.name == app.standing.person:
        return
    former = drafts_of(app)
    _is_called(app, me.name, await app.bridge.run(_messages))
    for screen in _screens(app):
        screen.seated()
        screen.keep()
    await asyncio.to_thread(former.move_to, drafts_of(app))
    await _remember(app)


def _messages(desk: "Desk") -> int:
    """How many message slips wait for whoever sits here; in the desk's lane."""
    return desk.waiting.messages(desk.people.me().name)


def _is_called(app: "Host", name: str, messages: int) -> None:
    app.settings = app.settings._replace(person=name)
    app.standing = app.standing._replace(person=name, messages=messages)
    app.tell(app.said)


async def _remember(app: "Host") -> None:
    """He sits here at the next start too; who plays with the demo shop changes nothing in the real one."""
    if not app.settings.demo:
        await asyncio.to_thread(save_setting, "person", app.settings.person)


def _screens(app: "Host") -> "Iterator[DeskScreen]":
    """Every screen there is, seen or not."""
    from aftersales_tui.tui.screens.base import DeskScreen

    for screen in {*app.screen_stack, *app.travel.made()}:
        if isinstance(screen, DeskScreen):
            yield screen
