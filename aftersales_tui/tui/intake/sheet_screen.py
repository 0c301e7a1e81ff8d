"""The call sheet on the screen: what is typed goes to the call, what is found comes back to the eye."""

import asyncio
from collections.abc import Coroutine, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from textual import events, on
from textual.containers import Horizontal
from textual.widget import Widget

from aftersales_tui.domain.intake import Field
from aftersales_tui.i18n import language
from aftersales_tui.lexicon.scripts import Script, load_script
from aftersales_tui.paths import config_dir, data_dir
from aftersales_tui.tui.bridge import fresh_id
from aftersales_tui.tui.commands.command import key_label
from aftersales_tui.tui.commands.intake import TO_FAULT
from aftersales_tui.tui.intake import paint
from aftersales_tui.tui.intake.call import BOXES, OF_DEVICE, SOUGHT, Call
from aftersales_tui.tui.intake.dates import DATED, echo
from aftersales_tui.tui.intake.finding import Finding
from aftersales_tui.tui.intake.form import SheetForm
from aftersales_tui.tui.intake.keeper import Keeper
from aftersales_tui.tui.intake.misplaced import hint
from aftersales_tui.tui.intake.panel import known
from aftersales_tui.tui.intake.parking import Calls
from aftersales_tui.tui.intake.ways import after_enter, question_beside
from aftersales_tui.tui.screens.base import DeskScreen
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.lines import Lines
from aftersales_tui.tui.widgets.status import BAD, saying
from aftersales_tui.views.act import Changes

NARROW, LOW = 76, 24
"""Below so many columns the questions lose their names, below so many lines the prompts all but one."""
SCRIPTS = "scripts"
REST = 0.12
"""Seconds without a key before the form says again what follows from what was typed."""
TELLS_OF_OTHERS = frozenset({Field.PHONE, Field.MOBILE, Field.ADDRESS, Field.SERIAL})
"""Fields that tell whether something is open already (C10)."""


class SheetScreen(DeskScreen):
    """Form, panel and bar, and the calls they show.

    Attributes:
        calls: The call in hand and the parked ones.
        keeper: Writes the drafts; made with the first visit.
        finding: Looks up callers and open tickets.
        form: The fields.
    """

    keeper: Keeper

    def __init__(self) -> None:
        super().__init__()
        self.calls = Calls(self.begun())
        self.finding = Finding(self)
        self.form = SheetForm()
        self._prompts, self._panel, self._bar = Lines(id="prompts"), Lines(id="panel"), Lines(id="bar")
        self._stands = False
        self._later: asyncio.TimerHandle | None = None

    @property
    def call(self) -> Call:
        """The call in hand."""
        return self.calls.present

    @staticmethod
    def begun() -> Call:
        """A call that begins now."""
        return Call.begun(fresh_id(), datetime.now(UTC))

    def compose_body(self) -> Iterator[Widget]:
        """Prompts above, form and panel in the middle, the bar below."""
        yield self._prompts
        with Horizontal(id="sheet"):
            yield self.form
            yield self._panel
        yield self._bar

    def script(self) -> Script:
        """What is to be said, in the present language."""
        spoken = language()
        return load_script(data_dir() / SCRIPTS / spoken, config_dir() / SCRIPTS / spoken)

    def filled(self, text: str) -> str:
        """A sentence of the script with the shop's names."""
        return paint.filled(text, self.desk_app.standing.shop, self.script().department)

    def show_call(self) -> None:
        """Put the call in hand into the form."""
        if not self._stands:
            return
        form, call = self.form, self.call
        form.narrow_to(call.boxes())
        form.fill({box: call.text(box) for box in BOXES})
        self._note_dates()
        self.finding.begin(call)
        self.repaint()
        form.go(call.here if call.here in form.shown() else Field.CALLER)
        self.refresh_keys()

    def collect(self) -> None:
        """Take over what stands in the form and has not been told yet."""
        if self._stands:
            for box, text in self.form.texts().items():
                if self.call.text(box) != text:
                    self.call.write(box, text)

    def touch(self) -> None:
        """The call has changed: keep it, and show what follows from it when the fingers rest.

        Labels, counts and prompts lie all over the screen: painted with every key, they would make it a new picture.
        """
        if not self.call.saved:
            self.keeper.touch(self.call.draft(self.desk_app.now()))
        if self._later is not None:
            self._later.cancel()
        self._later = asyncio.get_running_loop().call_later(REST, self.repaint)

    def repaint(self) -> None:
        """Say again what follows from the call; lines that stay the same are not painted."""
        if self._later is not None:
            self._later.cancel()
            self._later = None
        if not self._stands:
            return
        call, now = self.call, self.desk_app.now()
        self._know_kind(call)
        self.form.label(paint.labels(call, self.form.shown(), not self.has_class("-narrow")))
        width = self._panel.content_size.width
        moves = self.app._keymap.get(TO_FAULT.id, TO_FAULT.key).partition(",")[0]
        self._panel.show([*hint(call, key_label(moves), width), *known(call, width, now, self.desk_app.zone)])
        self._paint_time(now)

    def go_on_from(self, box: str) -> None:
        """To the field that is to be asked for next."""
        following = after_enter(self.call, box, self.form.shown())
        if following is None:
            self.desk_app.tell(saying("intake.complete"))
        else:
            self.form.go(following)

    def in_background(self, work: Coroutine[Any, Any, None]) -> None:
        """Let something go on that asks the store; what goes wrong is told."""
        self.run_worker(self.desk_app.trouble.guarded(work), exit_on_error=False)

    def tick(self) -> None:
        """The clocks go on."""
        if not self._stands:
            return
        self._note_dates()
        self._paint_time(self.desk_app.now())

    def keep(self) -> None:
        """Write down what was typed, at once."""
        if hasattr(self, "keeper"):
            self.collect()
            if not (self.call.saved or self.call.is_blank):
                self.keeper.touch(self.call.draft(self.desk_app.now()))
            self.keeper.now()

    def retranslate(self) -> None:
        """Say everything in the language that is spoken now; what was typed stays as it is."""
        if self._stands:
            self._note_dates()
            self.repaint()

    def store_changed(self, changes: Changes) -> None:
        """Somebody else may have taken the same call; the caller's file may say other things than before."""
        if changes.subjects:
            self.finding.others.soon()
        # What belongs to no record, as somebody's sitting down, has the subject 0, and so has a call without a file.
        if self.call.sheet.customer_id and self.call.sheet.customer_id in changes.subjects:
            self.finding.read_again(self.call)

    def _know_kind(self, call: Call) -> None:
        """What the rules say of this kind of call, as soon as they are known."""
        desk = self.desk_app.bridge.desk
        kind = desk.policy.kinds.get(call.sheet.kind) if desk is not None else None
        if kind is not None:
            call.visit = kind.visit

    def _hold_warning(self) -> timedelta | None:
        """How long a caller may be kept waiting; ``None`` while the rules are not known yet."""
        desk = self.desk_app.bridge.desk
        return desk.policy.call.hold_warning if desk is not None else None

    def _paint_time(self, now: datetime) -> None:
        call, script, warning = self.call, self.script(), self._hold_warning()
        size = self._prompts.content_size
        first = self.filled(paint.manner(call, script, now, warning))
        self._prompts.show(paint.prompts(call, script, first, size.width, size.height))
        desk = self.desk_app.bridge.desk
        most = desk.policy.call.parked if desk is not None else None
        zone = self.desk_app.zone
        self._bar.show([paint.bar(call, len(self.calls.parked), most, now, zone, warning)])

    def _note_dates(self) -> None:
        """Echo the dates as they are understood at this moment (C1)."""
        before = self.call.implausible
        for name in DATED:
            self._note_date(name, self.call.text(name))
        if self.call.implausible != before:
            self.repaint()

    def _note_date(self, name: Field, said: str) -> None:
        call, app = self.call, self.desk_app
        if app.bridge.desk is None:
            return
        text, clear = echo(app.bridge.desk, name, said, call.sheet.opened_at, app.now(), app.zone)
        self.form.line(name).note(text, "good" if clear else "bad")
        fact = {DATED[name]}
        call.implausible = call.implausible - fact if clear else call.implausible | fact

    @on(events.Mount)
    def _begin(self) -> None:
        self._stands = True
        for name in DATED:
            self.form.line(name).echo = partial(self._note_date, name)
        self.show_call()

    @on(events.Unmount)
    def _going(self) -> None:
        if self._later is not None:
            self._later.cancel()
        self.keep()

    @on(events.Resize)
    def _resized(self, event: events.Resize) -> None:
        self.set_class(event.size.width < NARROW, "-narrow")
        self.set_class(event.size.height < LOW, "-low")
        self.call_after_refresh(self.repaint)

    @on(SheetForm.Written)
    def _written(self, message: SheetForm.Written) -> None:
        call, device = self.call, self.call.sheet.device_id
        if call.text(message.box) == message.text:
            return
        call.write(message.box, message.text)
        if call.sheet.device_id != device:
            self.form.fill({name: call.text(name) for name in OF_DEVICE})
        if message.box in SOUGHT:
            self.finding.typed(message.text)
        if message.box in TELLS_OF_OTHERS or call.sheet.device_id != device:
            self.finding.others.soon()
        self.touch()

    @on(SheetForm.Reached)
    def _reached(self, message: SheetForm.Reached) -> None:
        call = self.call
        if message.box != call.here:
            call.here, call.marked = message.box, 0
        self.repaint()

    @on(SheetForm.Passed)
    def _passed(self, message: SheetForm.Passed) -> None:
        """Enter or Tab: what stands there was gone over with the caller; arrows only look."""
        if message.box in self.call.unconfirmed:
            self.call.unconfirmed.discard(Field(message.box))
            self.touch()

    @on(SheetForm.Entered)
    def _entered(self, message: SheetForm.Entered) -> None:
        self.finding.enter(message.box)

    @on(SheetForm.Arrow)
    def _arrow(self, message: SheetForm.Arrow) -> None:
        call, choices = self.call, len(self.call.choices())
        if choices and (call.marked >= 0 or message.way > 0):
            call.marked = min(call.marked + message.way, choices - 1)
            self.repaint()
        else:
            self.form.go(self.form.beside(message.box, message.way))

    @on(SheetForm.Jump)
    def _jump(self, message: SheetForm.Jump) -> None:
        self.form.go(question_beside(message.box, message.way, self.form.shown()))

    @on(Line.Full)
    def _full(self, message: Line.Full) -> None:
        message.stop()
        self.desk_app.tell(saying("intake.full", BAD, n=message.lost))
