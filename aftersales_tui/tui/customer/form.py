"""The form of one record of a file: it stays open until it is saved, so that nothing typed is lost (U1, U2, A4)."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input

from aftersales_tui.domain.customer import PARTS, Clash, Entry, Part, Sort
from aftersales_tui.domain.errors import DomainError, Invalid, Stale
from aftersales_tui.i18n import say
from aftersales_tui.tui.bridge import fresh_id
from aftersales_tui.tui.commands.frame import FORM
from aftersales_tui.tui.customer.clash import ClashDialog, Disputed
from aftersales_tui.tui.customer.left import Left, Which, leave, take_up
from aftersales_tui.tui.customer.pick import Pick
from aftersales_tui.tui.customer.values import Here, echo, fields_of, options, plan_echo, read, told, typed
from aftersales_tui.tui.dialogs.dialog import Dialog
from aftersales_tui.tui.sentences import sentence
from aftersales_tui.tui.widgets.noted import NotedLine
from aftersales_tui.tui.widgets.status import saying
from aftersales_tui.tui.widgets.word import Word
from aftersales_tui.views.act import Act
from aftersales_tui.views.customers import CustomerFile
from aftersales_tui.views.tickets import Receipt

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

ECHOED = frozenset({Sort.BOUGHT, Sort.MOMENT, Sort.QUIET, Sort.MONTHS})
DIGITS = frozenset({Sort.PHONE, Sort.MONTHS, Sort.MOMENT, Sort.QUIET, Sort.BOUGHT})
ID = "entry-"
SAME = "file.same"
QUIET, CONTACT = "quiet", "contact_at"
"""Fields of a customer: what stands in the first decides what the second becomes."""


class RecordForm(Dialog[bool]):
    """One field a line; Enter goes on, F12 saves from anywhere, Up and Down go through the fields.

    Answers whether something was saved.
    """

    scopes: ClassVar[tuple[str, ...]] = (FORM,)
    AUTO_FOCUS: ClassVar[str] = "NotedLine, Pick"

    def __init__(self, file: CustomerFile, part: Part, record_id: int, record: Any, **preset: Any) -> None:
        """Make the form.

        Args:
            file: The file the record belongs to.
            part: What it is.
            record_id: 0 for a new one.
            record: As its view shows it; ``None`` for a new one.
            preset: Fields of a new record that are known already.
        """
        doing = say("file.form.change" if record_id else "file.form.add")
        super().__init__(
            "file.form.title", "file.form.hint", doing=doing, part=say(f"part.{part}"), name=file.name
        )
        self._file, self._part, self._record_id = file, part, record_id
        self._record, self._preset = record, preset
        self._before: dict[str, Any] = {}
        self._write_id = fresh_id()
        self._fields: dict[str, NotedLine | Pick] = {}
        self._at_first: dict[str, str] = {}

    def compose_body(self) -> Iterator[Widget]:
        """The fields with their labels; what was typed when it was left by Esc stands there again."""
        left = take_up(self.app, self._which)
        self._before = left.before if left else fields_of(self._part, self._record) | self._preset
        now = left.typed if left else self._before
        with VerticalScroll(id="fields", can_focus=False):
            for entry in PARTS[self._part]:
                with Horizontal():
                    yield Word(f"file.field.{entry.name}", classes="label")
                    yield self._field(entry, now[entry.name], taken_up=left is not None)

    @property
    def _which(self) -> Which:
        return self._file.customer_id, self._part, self._record_id

    def _field(self, entry: Entry, value: Any, *, taken_up: bool) -> Widget:
        choices = options(entry, self._file)
        if choices:
            field: NotedLine | Pick = Pick(choices, value, id=ID + entry.name)
        else:
            zone = self.desk_app.zone
            self._at_first[entry.name] = typed(self._before[entry.name], zone)
            text = value if taken_up else typed(value, zone)
            field = NotedLine(text, digits=entry.sort in DIGITS, max_length=entry.limit, id=ID + entry.name)
            if entry.sort in ECHOED:
                field.echo = partial(self._note_quiet if entry.name == QUIET else self._note, entry)
        self._fields[entry.name] = field
        return field

    def _note(self, entry: Entry, text: str) -> None:
        desk, field = self.desk_app.bridge.desk, self._fields.get(entry.name)
        if desk is None or not isinstance(field, NotedLine):
            return
        if self._is_untouched(entry, text):
            field.note("")
            return
        if entry.name == CONTACT:
            words, clear = self._plan_words(text, desk)
        else:
            words, clear = echo(entry, text, desk, self._here())
        field.note(words, "good" if clear else "bad")

    def _note_quiet(self, entry: Entry, text: str) -> None:
        """Other quiet hours may move the next contact as well."""
        self._note(entry, text)
        plan, field = self._entry(CONTACT), self._fields.get(CONTACT)
        if plan is not None and isinstance(field, NotedLine):
            self._note(plan, field.value)

    def _entry(self, name: str) -> Entry | None:
        return next((entry for entry in PARTS[self._part] if entry.name == name), None)

    def _plan_words(self, text: str, desk: "Desk") -> tuple[str, bool]:
        quiet = self._fields.get(QUIET)
        return plan_echo(text, quiet.value if isinstance(quiet, NotedLine) else "", desk, self._here())

    def _is_untouched(self, entry: Entry, text: str) -> bool:
        """Whether a field, and what its note depends on, stands as at first."""
        quiet = self._fields.get(QUIET)
        moved = entry.name == CONTACT and quiet is not None and quiet.value != self._at_first.get(QUIET)
        return text == self._at_first.get(entry.name) and not moved

    def _here(self) -> Here:
        return Here(self.desk_app.now(), self.desk_app.zone)

    def do_back(self) -> None:
        """Leave; what was typed is there again when the same form is opened."""
        first = {**self._before, **self._at_first}
        stands = {name: field.value for name, field in self._fields.items()}
        if any(stands[name] != first[name] for name in stands):
            leave(self.app, self._which, Left(self._before, stands))
            self.desk_app.tell(saying("file.left"))
        super().do_back()

    def do_go_on(self) -> None:
        """Save."""
        try:
            mine = {entry.name: self._mine(entry) for entry in PARTS[self._part]}
        except DomainError as error:
            self._refused(error)
            return
        if self._record_id and mine == self._before:
            self.dismiss(False)
        else:
            self._save(mine, self._before)

    def _mine(self, entry: Entry) -> Any:
        """What the form says of a field; one that nobody has touched keeps its value to the second."""
        field = self._fields[entry.name]
        if isinstance(field, Pick):
            return field.value
        if field.value == self._at_first[entry.name]:
            return self._before[entry.name]
        desk = self.desk_app.bridge.desk
        if desk is None:
            raise Invalid("when.not_understood", text=field.value, field=entry.name)
        try:
            return read(entry, field.value, desk, self._here())
        except Invalid as error:
            raise Invalid(error.code, **{**error.params, "field": entry.name}) from error

    def _save(self, mine: dict[str, Any], before: dict[str, Any]) -> None:
        part, record_id, customer_id = self._part, self._record_id, self._file.customer_id
        seen = before if record_id else None

        def write(desk: "Desk", act: Act) -> Receipt:
            return desk.customers.keep(act, part, customer_id, record_id, mine, seen)

        def failed(error: DomainError) -> bool:
            if isinstance(error, Stale) and error.code == "file.clash":
                work = self.desk_app.trouble.guarded(self._decide(error, mine, before))
                self.desk_app.run_worker(work, exit_on_error=False)
                return True
            self._refused(error)
            # The sentence stands in the form, and on the status line: that one is still there when the form is not.
            return False

        self.desk_app.write(write, lambda _: self._leave(), failed, self._write_id, hold=True)

    async def _decide(self, error: Stale, mine: dict[str, Any], before: dict[str, Any]) -> None:
        """Field by field: mine, theirs, or as it was; then save what was chosen over what is there now."""
        clashes: tuple[Clash, ...] = tuple(error.params["clashes"])  # type: ignore[arg-type]
        zone = self.desk_app.zone
        entries = {entry.name: entry for entry in PARTS[self._part]}
        disputed = [
            Disputed(
                one.name,
                *(
                    told(entries[one.name], value, self._file, zone)
                    for value in (one.before, one.mine, one.theirs)
                ),
            )
            for one in clashes
        ]
        chosen = await self.app.push_screen_wait(ClashDialog(disputed, str(error.params["by"])))
        if chosen is None:
            return
        wanted = {one.name: getattr(one, chosen[one.name]) for one in clashes}
        now = {one.name: one.theirs for one in clashes}
        mine, before = mine | wanted, before | now
        if mine == before:
            self._leave()
        else:
            self._save(mine, before)

    def _leave(self) -> None:
        if self.is_current:
            self.dismiss(True)

    def _refused(self, error: DomainError) -> None:
        """Say what is wrong beside the fields, and go to the one at fault."""
        if error.code == SAME:
            self._leave()
            return
        self.complain("file.wrong", why=sentence(error))
        field = self._fields.get(str(error.params.get("field", "")))
        if field is not None:
            field.focus()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self._next()

    @on(Pick.Entered)
    def _picked(self, event: Pick.Entered) -> None:
        event.stop()
        self._next()

    def _next(self) -> None:
        fields = list(self._fields.values())
        if self.focused is fields[-1]:
            self.do_go_on()
        else:
            self._move(1)

    def _move(self, way: int) -> None:
        fields = list(self._fields.values())
        place = next((i for i, field in enumerate(fields) if field is self.focused), 0)
        fields[(place + way) % len(fields)].focus()

    @on(events.Key)
    def _by_arrow(self, event: events.Key) -> None:
        if event.key in {"up", "down"}:
            event.stop()
            self._move(1 if event.key == "down" else -1)
