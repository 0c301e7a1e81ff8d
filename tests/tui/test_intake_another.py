"""Somebody else than the caller who was taken; what a file tells and what he himself has said (C2, C3, C10)."""

from typing import TYPE_CHECKING

from textual.pilot import Pilot

from aftersales_tui.domain.customer import Part
from aftersales_tui.domain.intake import CallSheet, Field
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.customer.lookup import Lookup
from aftersales_tui.tui.intake.read_back import ReadBack
from aftersales_tui.tui.screens.customer import CustomerScreen
from aftersales_tui.tui.screens.queue import QueueScreen
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.lines import Lines
from tests.tui.at_intake import at_sheet, box, found, here, lines, sheet, typed
from tests.tui.steps import burst, rows_of, status, until
from tests.tui.test_intake import ZHOU, MakeApp, known, newest

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

JIANG = {"caller": "姜少华", "phone": "13800006579", "address": "湖滨路 2 号", "serial": "JJ112233"}


async def at_fault_of_zhou(app: DeskApp, pilot: Pilot[None]) -> None:
    """Zhou Jie is taken, and the cursor is where he says what is wrong."""
    await at_sheet(app, pilot)
    await typed(pilot, "2222")
    await pilot.press("enter")
    await until(pilot, lambda: here(app) == Field.FAULT)


async def test_another_name_in_who_looks_up_again_and_enter_takes_the_other(
    make_app: MakeApp, other: "Desk"
) -> None:
    known(other)
    known(other, **JIANG)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_fault_of_zhou(app, pilot)
        await typed(pilot, "leaks")
        box(app, "caller").focus()
        await pilot.press("ctrl+u", *"jsh")
        await found(app, pilot)
        assert box(app, "address").value == ZHOU[Field.ADDRESS]
        await pilot.press("enter")
        await until(pilot, lambda: box(app, "caller").value == "姜少华")
        told = [box(app, name).value for name in ("phone", "address", "serial", "fault")]
        assert told == ["13800006579", "湖滨路 2 号", "JJ112233", "leaks"]


async def test_a_name_and_number_of_somebody_else_undo_the_taking(make_app: MakeApp, other: "Desk") -> None:
    known(other)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_fault_of_zhou(app, pilot)
        await typed(pilot, "leaks")
        box(app, "caller").focus()
        await pilot.press("ctrl+u", *"许静")
        await until(pilot, lambda: "the name is not the file's" in lines(app, "panel"))
        box(app, "phone").focus()
        await pilot.press("ctrl+u", *"13700137000")
        await until(pilot, lambda: not sheet(app).call.sheet.customer_id)
        assert "周杰" in status(app)
        assert (box(app, "address").value, box(app, "serial").value) == ("", "")
        assert (box(app, "caller").value, box(app, "fault").value) == ("许静", "leaks")
        await pilot.press("f12", "f12", "enter")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))
        ticket = newest(other)
        assert (ticket.answers["caller"], ticket.answers["address"]) == ("许静", "")
        assert other.intake.caller(ticket.customer_id).name == "许静"


async def test_the_same_in_one_burst_with_f12_behind_it(make_app: MakeApp, other: "Desk") -> None:
    known(other)
    known(other, **JIANG)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_fault_of_zhou(app, pilot)
        box(app, "caller").focus()
        burst(app, "ctrl+u", *"姜少华", "tab", "ctrl+u", *"13800006579", "f12")
        await until(pilot, lambda: isinstance(app.screen, ReadBack) or "What is it about" in status(app))
        assert sheet(app).call.sheet.customer_id == 0
        assert box(app, "address").value == ""


async def test_arrows_confirm_nothing_and_what_was_confirmed_goes_with_its_file(
    make_app: MakeApp, other: "Desk"
) -> None:
    known(other)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_fault_of_zhou(app, pilot)
        box(app, "address").focus()
        await pilot.press("down", "up", "pagedown", "pageup")
        assert Field.ADDRESS in sheet(app).call.unconfirmed
        box(app, "address").focus()
        await pilot.press("tab")
        assert Field.ADDRESS not in sheet(app).call.unconfirmed
        await pilot.press("ctrl+b")
        assert [box(app, name).value for name in ("address", "zone", "model", "serial")] == [""] * 4


async def test_what_the_file_tells_counts_as_known_and_not_as_asked(make_app: MakeApp, other: "Desk") -> None:
    known(other)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_fault_of_zhou(app, pilot)
        assert "1/7 asked, 5/8 known" in lines(app, "bar")
        box(app, "address").focus()
        await pilot.press("tab")
        assert "2/7 asked, 5/8 known" in lines(app, "bar")


async def test_a_serial_that_is_open_already_shows_while_typing(make_app: MakeApp, other: "Desk") -> None:
    act = other.act()
    answers = {**ZHOU, Field.FAULT: "洗衣机漏水"}
    other.intake.save(act, CallSheet(act.write_id, "repair", "phone", other.now(), answers))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        box(app, "serial").focus()
        await typed(pilot, "WM778899")
        await until(pilot, lambda: "Open already" in lines(app, "panel"))
        assert "same device: 洗衣机漏水" in lines(app, "panel")


async def test_a_number_too_short_is_marked(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        box(app, "phone").focus()
        await typed(pilot, "1380013")
        await until(pilot, lambda: "!Phone" in lines(app, "labels"))
        await typed(pilot, "8000")
        await until(pilot, lambda: "!Phone" not in lines(app, "labels"))


async def test_before_dialling_the_points_to_ask_come_first(make_app: MakeApp, other: "Desk") -> None:
    known(other)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_fault_of_zhou(app, pilot)
        await pilot.press("ctrl+x")
        told = lines(app, "panel")
        assert told.index("Still to ask") < told.index("- When: when wanted") < told.index("周杰")


async def test_a_long_address_keeps_its_beginning_and_its_verdict_in_sight(
    make_app: MakeApp, other: "Desk"
) -> None:
    address = "江苏省南京市鼓楼区中山北路 1288 号万科金色家园 12 幢 3 单元 1501 室"
    known(other, address=address)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_fault_of_zhou(app, pilot)
        line = box(app, "address")
        line.focus()
        await pilot.press("ctrl+u", *(address + "门"))
        await until(pilot, lambda: line.noted == "differs!")
        assert "!Address" in lines(app, "labels")
        await pilot.press("tab")
        await until(pilot, lambda: "differs!" in "".join(part.text for part in line.render_line(0)))
        assert "".join(part.text for part in line.render_line(0)).startswith("江苏省南京市")
        line.focus()
        await pilot.press("end")
        await pilot.pause()
        assert "门" in "".join(part.text for part in line.render_line(0))


async def test_a_companys_person_is_the_caller_and_addressed_as_who_she_is(
    make_app: MakeApp, other: "Desk"
) -> None:
    ticket = other.dispatch.ticket(known(other, caller="临江小学", mobile="025-8888-7777"))
    people = {"王敏": "王老师", "梁霞": "梁经理"}
    for name, form in people.items():
        told = {"name": name, "role": "contact", "form": form}
        other.customers.keep(other.act(), Part.PERSON, ticket.customer_id, 0, told)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await typed(pilot, "02588887777")
        await found(app, pilot)
        await until(pilot, lambda: "025-8888-7777" in lines(app, "panel"))
        await pilot.press("ctrl+u", *"梁霞")
        await until(pilot, lambda: "梁霞 (临江小学)" in lines(app, "panel"))
        await pilot.press("enter")
        await until(pilot, lambda: here(app) == Field.FAULT)
        assert (box(app, "caller").value, box(app, "phone").value) == ("梁霞", ZHOU[Field.PHONE])
        assert sheet(app).call.sheet.customer_id == ticket.customer_id
        assert "梁经理" in lines(app, "prompts")
        box(app, "caller").focus()
        await pilot.press("tab", "f5")
        await until(pilot, lambda: isinstance(app.screen, CustomerScreen))
        await pilot.press("escape")
        assert sheet(app).call.sheet.customer_id == ticket.customer_id
        assert "not the file's" not in lines(app, "panel")


async def test_f5_before_enter_opens_the_file_of_the_match_or_looks_for_what_was_typed(
    make_app: MakeApp, other: "Desk"
) -> None:
    known(other)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        burst(app, *"周杰", "f5")
        await until(pilot, lambda: isinstance(app.screen, CustomerScreen) and app.screen.query_one("#head"))
        await until(pilot, lambda: ZHOU[Field.PHONE] in app.screen.query_one("#head", Lines).text)
        await pilot.press("escape")
        assert (box(app, "caller").value, here(app)) == ("周杰", "caller")
        known(other, caller="周杰伦", phone="13800006579")
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, Lookup) and len(rows_of(app).rows) == 2)
        assert app.screen.query_one(Line).value == "周杰"
