"""A customer's file on the screen, on a real store (F5; U1, U2, U3)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.customer import PARTS, Part
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.contact.script import ScriptDialog
from aftersales_tui.tui.customer.clash import ClashDialog
from aftersales_tui.tui.customer.form import RecordForm
from aftersales_tui.tui.customer.lookup import Lookup
from aftersales_tui.tui.customer.values import Here, echo, told
from aftersales_tui.tui.screens.contact import ContactScreen
from aftersales_tui.tui.screens.customer import CustomerScreen
from aftersales_tui.tui.screens.device import DeviceScreen
from aftersales_tui.tui.screens.intake import IntakeScreen
from aftersales_tui.tui.screens.queue import QueueScreen
from aftersales_tui.tui.screens.ticket import TicketScreen
from aftersales_tui.tui.ticket.paper import Paper
from aftersales_tui.tui.ticket.tabs import Tabs
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.noted import NotedLine
from aftersales_tui.tui.widgets.word import Word
from aftersales_tui.views.customers import CustomerFile
from tests.tui.at_intake import at_sheet, here, lines, sheet
from tests.tui.called_back import promised
from tests.tui.conftest import SHANGHAI, WEDNESDAY
from tests.tui.steps import burst, cells, opened, rows_of, status, until

MakeApp = Callable[..., DeskApp]
MARKUP = "王[/b] [@click=app.quit]五"


def own(desk: Desk, name: str = "张三") -> CustomerFile:
    """The file of a customer as the store has it."""
    return desk.customers.file(desk.intake.callers(name)[0].customer_id)


def head(app: DeskApp) -> str:
    return app.screen.query_one("#head").text  # type: ignore[attr-defined, no-any-return]


def form(app: DeskApp) -> RecordForm:
    assert isinstance(app.screen, RecordForm)
    return app.screen


async def at_file(app: DeskApp, pilot: Pilot[None]) -> None:
    """F5 on the first line of the queue, which is 张三's."""
    await opened(app, pilot)
    await pilot.press("f5")
    await until(pilot, lambda: isinstance(app.screen, CustomerScreen) and app.screen.on_file())


async def test_f5_on_a_row_opens_its_customer_and_esc_is_on_the_same_row(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("down")
        row = rows_of(app).key
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, CustomerScreen) and "李四" in head(app))
        assert "13800138000" in head(app)
        await pilot.press("escape")
        assert isinstance(app.screen, QueueScreen)
        assert rows_of(app).key == row


async def test_a_person_is_added_by_keys_alone_and_undone(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_file(app, pilot)
        await pilot.press("2", "a", "1", *"王建国", "enter", "2", "enter", *"王经理", "f12")
        await until(pilot, lambda: own(other).persons)
        (person,) = own(other).persons
        assert (person.name, person.role, person.form) == ("王建国", "contact", "王经理")
        await until(pilot, lambda: "王建国" in cells(app, 0))
        assert "王建国" in status(app)
        await pilot.press("u")
        await until(pilot, lambda: not own(other).persons)
        await until(pilot, lambda: "王建国" not in cells(app, 0))


async def test_f5_from_a_call_brings_the_file_and_esc_the_same_field(make_app: MakeApp, other: Desk) -> None:
    file = own(other)
    other.customers.keep(
        other.act(),
        Part.PROMISE,
        file.customer_id,
        0,
        {"what": "gift", "words": "送炒锅", "due_at": other.now() - timedelta(days=3)},
    )
    other.customers.keep(
        other.act(), Part.PERSON, file.customer_id, 0, {"name": "王建国", "role": "contact", "form": "王经理"}
    )
    other.customers.keep(
        other.act(), Part.CUSTOMER, file.customer_id, file.customer_id, {"tier": "member", "do_not_call": 1}
    )
    app = make_app(language="zh_CN")
    async with app.run_test(size=(120, 40)) as pilot:
        await at_sheet(app, pilot)
        await pilot.press(*"张三", "enter")
        await until(pilot, lambda: sheet(app).call.sheet.customer_id)
        panel = lines(app, "panel")
        assert "会员" in panel
        assert "! 请勿去电" in panel
        assert "! 赠品 07-26 10:20 到期，已逾期！" in panel
        assert "逾期" in panel
        await until(pilot, lambda: here(app) == "fault")
        await pilot.press(*"漏水")
        assert "王经理，" in lines(app, "prompts")
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, CustomerScreen) and "张三" in head(app))
        await pilot.press("e", "f12")
        await until(pilot, lambda: isinstance(app.screen, CustomerScreen))
        await pilot.press("escape")
        assert isinstance(app.screen, IntakeScreen)
        assert here(app) == "fault"
        assert sheet(app).call.text("fault") == "漏水"


async def test_the_device_of_a_call_is_one_key_away_and_back_in_the_same_field(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_sheet(app, pilot)
        await pilot.press(*"张三", "enter")
        await until(pilot, lambda: here(app) == "fault")
        await pilot.press("shift+f5")
        await until(pilot, lambda: isinstance(app.screen, DeviceScreen) and "BCD-216" in head(app))
        await pilot.press("escape")
        assert here(app) == "fault"
        # A new call has none; that is said, and nothing is left on the stack.
        await pilot.press("ctrl+n", "shift+f5")
        await until(pilot, lambda: "No device" in status(app))
        assert isinstance(app.screen, IntakeScreen)


async def test_f5_from_a_ticket_and_its_device_with_earlier_faults(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, TicketScreen) and app.screen.in_hand())
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, CustomerScreen) and "张三" in head(app))
        await pilot.press("4", "enter")
        await until(pilot, lambda: isinstance(app.screen, DeviceScreen) and rows_of(app).rows)
        assert cells(app, 0) == ["T-1001"]
        await pilot.press("e", "down", *"海尔", "down", "down", *"SN-77", "down", *"去年", "f12")
        await until(pilot, lambda: own(other).devices[0].serial == "SN-77")
        assert own(other).devices[0].brand == "海尔"
        assert other.intake.callers("sn77")[0].name == "张三"
        await until(pilot, lambda: "SN-77" in app.screen.query_one(Paper).written)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, TicketScreen))
        await pilot.press("escape", "escape", "escape")
        assert isinstance(app.screen, TicketScreen)


async def test_nobody_in_hand_opens_a_lookup_and_enter_typed_ahead_takes_him(
    make_app: MakeApp, other: Desk
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_file(app, pilot)
        burst(app, "f5", *"lisi", "enter", "2")
        await until(pilot, lambda: isinstance(app.screen, CustomerScreen) and "李四" in head(app))
        await until(pilot, lambda: cells(app, 0) == ["13800138000"])
        assert own(other, "李四").name == "李四"
        await pilot.press("escape")
        assert "张三" in head(app)
        await pilot.press("f5", *"nobody here", "enter")
        await until(pilot, lambda: "Nobody found" in str(app.screen.query_one("#wrong", Word).render()))
        await pilot.press("escape")
        assert isinstance(app.screen, CustomerScreen)
        assert "张三" in head(app)


async def test_two_seats_choose_field_by_field_and_what_does_not_clash_is_kept(
    make_app: MakeApp, other: Desk
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_file(app, pilot)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, RecordForm))
        # name + X, kind stays, tier: contract, quiet hours.
        await pilot.press("end", "X", "down", "down", "3", "down", "down", *"12-14")
        mine = own(other)
        before = {"name": "张三", "tier": "", "note": ""}
        wish = {"name": "张三丰", "tier": "member", "note": "先打手机"}
        other.customers.keep(other.act(), Part.CUSTOMER, mine.customer_id, mine.customer_id, wish, before)
        await pilot.press("f12")
        await until(pilot, lambda: isinstance(app.screen, ClashDialog))
        assert cells(app, 0) == ["Name", "Tier"]
        assert [rows_of(app).rows[0].cells[n] for n in (1, 2, 3)] == ["张三X", "张三丰", "张三"]
        assert [rows_of(app).rows[1].cells[n] for n in (1, 2, 3)] == ["contract", "member", "-"]
        assert own(other, "张三丰").tier == "member"
        await pilot.press("f12")
        assert "Choose" in str(app.screen.query_one("#wrong", Word).render())
        await pilot.press("2", "1", "f12")
        await until(pilot, lambda: own(other, "张三丰").tier == "contract")
        await until(pilot, lambda: isinstance(app.screen, CustomerScreen))
        found = own(other, "张三丰")
        assert (found.name, found.quiet, found.note) == ("张三丰", "12:00-14:00", "先打手机")


async def test_leaving_the_clash_by_esc_keeps_what_was_typed_and_shows_hostile_text_as_it_is(
    make_app: MakeApp, other: Desk
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_file(app, pilot)
        await pilot.press("e", "end", "X")
        mine = own(other)
        other.customers.keep(other.act(), Part.CUSTOMER, mine.customer_id, mine.customer_id, {"name": MARKUP})
        await pilot.press("f12")
        await until(pilot, lambda: isinstance(app.screen, ClashDialog))
        assert cells(app, 2) == [MARKUP]
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, RecordForm))
        assert form(app).query_one("#entry-name", NotedLine).value == "张三X"
        assert other.customers.file(mine.customer_id).name == MARKUP
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CustomerScreen) and MARKUP in head(app))


async def test_what_is_refused_names_the_field_and_keeps_the_form(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_file(app, pilot)
        version = own(other).version
        await pilot.press("e", "down", "down", "down", "down", *"mittags", "f12")
        await until(pilot, lambda: "12:00-14:00" in str(form(app).query_one("#wrong", Word).render()))
        assert form(app).focused is form(app).query_one("#entry-quiet")
        assert own(other).version == version
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CustomerScreen))


async def test_a_late_promise_is_red_marked_and_kept_by_two_keys(make_app: MakeApp, other: Desk) -> None:
    file = own(other)
    wish = {"what": "fitting", "words": "免费安装", "due_at": other.now() - timedelta(hours=5)}
    other.customers.keep(other.act(), Part.PROMISE, file.customer_id, 0, wish)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_file(app, pilot)
        assert "! free fitting 免费安装" in app.screen.query_one(Paper).written
        await pilot.press("6")
        await until(pilot, lambda: rows_of(app).rows)
        (row,) = rows_of(app).rows
        assert row.cells[2].endswith("!")
        assert row.styles[0] == "late"
        await pilot.press("o", *"ok", "enter")
        await until(pilot, lambda: own(other).promises[0].done_at is not None)
        await until(pilot, lambda: "kept" in cells(app, 4)[0])
        assert "promise kept" in status(app)


async def test_removing_asks_and_the_time_line_tells_it(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_file(app, pilot)
        await pilot.press("3", "d", "2")
        await until(pilot, lambda: isinstance(app.screen, CustomerScreen))
        assert own(other).addresses
        await pilot.press("d", "1")
        await until(pilot, lambda: not own(other).addresses)
        await pilot.press("m", *"moved away", "enter", "7")
        await until(pilot, lambda: len(rows_of(app).rows) == 3)
        assert cells(app, 3)[0] == "note: moved away"
        assert cells(app, 3)[1].startswith("removed address")
        await pilot.press("end", "enter")
        await until(pilot, lambda: isinstance(app.screen, TicketScreen))


async def test_the_menu_by_digits_does_what_an_input_method_swallows(make_app: MakeApp, other: Desk) -> None:
    app = make_app(language="zh_CN")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_file(app, pilot)
        await pilot.press("ctrl+e")
        await until(pilot, lambda: app.screen.is_modal)
        assert "备注" in cells(app, 1)
        await pilot.press(str(cells(app, 1).index("备注") + 1))
        await until(pilot, lambda: app.screen.query(Line))
        await pilot.press(*"有狗", "enter")
        await until(pilot, lambda: [note.text for note in own(other).notes] == ["有狗"])


@pytest.mark.parametrize(("spoken", "width", "height"), [("en", 60, 20), ("zh_TW", 80, 24)])
async def test_every_page_and_form_fits(make_app: MakeApp, spoken: str, width: int, height: int) -> None:
    app = make_app(language=spoken)
    async with app.run_test(size=(width, height)) as pilot:
        await at_file(app, pilot)
        for page in "234567":
            await pilot.press(page)
            await until(pilot, lambda: rows_of(app).display)
            rows = rows_of(app)
            assert {rows.render_line(y).cell_length for y in range(3)} == {width}, page
            assert app.screen.query_one(Tabs).render().cell_length <= width
        for keys in ("e", "a3", "a4", "a5"):
            await pilot.press("1", *keys)
            await until(pilot, lambda: isinstance(app.screen, RecordForm))
            assert app.screen.query_one(".hint").region.bottom < height
            for field in app.screen.query("NotedLine, Pick"):
                assert field.region.width > 20
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, CustomerScreen))


async def test_the_command_line_opens_a_file(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("colon", *"file zhaoliu", "enter")
        await until(pilot, lambda: isinstance(app.screen, CustomerScreen) and "赵六" in head(app))
        await pilot.press("escape", "colon", *"file 13800138000", "enter")
        await until(pilot, lambda: isinstance(app.screen, Lookup) and len(rows_of(app).rows) == 4)
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, CustomerScreen) and head(app))


async def test_in_his_quiet_hours_a_contact_is_marked_and_the_script_addresses_him_right(
    make_app: MakeApp, other: Desk
) -> None:
    promised(other, "周五", 40)
    file = own(other, "周五")
    keep, act = other.customers.keep, other.act
    keep(act(), Part.CUSTOMER, file.customer_id, file.customer_id, {"quiet": "10:00-11:30"})
    keep(act(), Part.PERSON, file.customer_id, 0, {"name": "周五", "form": "周工"})
    app = make_app(language="zh_CN")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: app.bridge.desk is not None)
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, ContactScreen) and rows_of(app).rows)
        assert cells(app, 8) == ["11:30 前免打扰！"]
        assert rows_of(app).rows[0].styles[8] == "late"
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, CustomerScreen) and "周五" in head(app))
        await pilot.press("escape", "enter")
        await until(
            pilot, lambda: isinstance(app.screen, ScriptDialog) and app.screen.query_one(Paper).written
        )
        assert "请问是周工吗" in app.screen.query_one(Paper).written
        assert "! 11:30 前免打扰" in app.screen.query_one(Paper).written


async def test_a_form_left_by_esc_comes_back_as_it_was_typed(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_file(app, pilot)
        await pilot.press("e", "end", "X", "down", "2", "escape")
        await until(pilot, lambda: isinstance(app.screen, CustomerScreen) and "kept" in status(app))
        assert own(other).name == "张三"
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, RecordForm))
        assert form(app).query_one("#entry-name", NotedLine).value == "张三X"
        await pilot.press("f12")
        await until(pilot, lambda: own(other, "张三X").kind == "company")
        await pilot.press("u")
        await until(pilot, lambda: own(other).kind == "person")
        await until(pilot, lambda: status(app).startswith("Taken back: file change 张三"))


async def test_the_time_line_is_read_page_by_page_to_its_end(make_app: MakeApp, other: Desk) -> None:
    file = own(other)
    for number in range(70):
        other.customers.note(other.act(), file.customer_id, f"n{number}")
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_file(app, pilot)
        await pilot.press("7")
        await until(pilot, lambda: len(rows_of(app).rows) == 60)
        await pilot.press("end")
        await until(
            pilot, lambda: rows_of(app).key == rows_of(app).rows[-1].key and len(rows_of(app).rows) == 71
        )
        assert cells(app, 3)[:2] == ["note: n69", "note: n68"]


@pytest.mark.parametrize(
    ("typed", "noted", "clear"), [("6", "= every 6 mo.", True), ("0", "", True), ("half a year", "?", False)]
)
def test_the_contact_plan_says_what_its_number_means(typed: str, noted: str, clear: bool) -> None:
    entry = next(one for one in PARTS[Part.CUSTOMER] if one.name == "contact_months")
    nobody: Any = None
    words, understood = echo(entry, typed, nobody, Here(WEDNESDAY, SHANGHAI))
    assert (words.startswith(noted) or not clear, understood) == (True, clear)
    assert told(entry, 6, nobody, SHANGHAI) == "every 6 mo."
    assert told(entry, 0, nobody, SHANGHAI) == "-"
