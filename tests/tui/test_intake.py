"""Taking a call (F2): who it is, the seven questions, what is known (C1, C2, C3)."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from aftersales_tui.domain.intake import CallSheet, Field, Question
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.dialogs.row_menu import Menu
from aftersales_tui.tui.intake.read_back import ReadBack
from aftersales_tui.tui.screens.queue import QueueScreen
from aftersales_tui.views.tickets import QueueFilter, QueueRow, TicketView
from tests.tui.at_intake import at_sheet, box, found, here, lines, sheet, typed
from tests.tui.steps import burst, opened, status, until

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

MakeApp = Callable[..., DeskApp]
ZHOU = {
    Field.CALLER: "周杰",
    Field.PHONE: "13911112222",
    Field.ADDRESS: "解放路 5 号 2 单元 301",
    Field.ZONE: "鼓楼",
    Field.PRODUCT: "洗衣机",
    Field.MODEL: "XQG-80",
    Field.SERIAL: "WM778899",
    Field.BOUGHT: "2025-01",
    Field.FAULT: "漏水",
}


def known(desk: "Desk", **more: str) -> int:
    """Make Zhou Jie a known caller with a closed ticket of his washing machine; answers the ticket's id."""
    answers = {**ZHOU, **{Field(name): text for name, text in more.items()}}
    act = desk.act()
    receipt = desk.intake.save(act, CallSheet(act.write_id, "repair", "phone", desk.now(), answers))
    desk.visits.answer(desk.act(), receipt.ticket_id, receipt.version, "turned the tap off")
    return receipt.ticket_id


def newest(desk: "Desk") -> TicketView:
    rows: tuple[QueueRow, ...] = desk.queue.page(QueueFilter(), None, 50).rows
    return desk.dispatch.ticket(max(rows, key=lambda row: row.number).ticket_id)


async def test_f2_puts_the_cursor_where_the_caller_is_written(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("f2")
        assert here(app) == Field.CALLER
        assert "May I have your name" in lines(app, "prompts")
        assert "0/7 asked, 0/8 known" in lines(app, "bar")


async def test_what_is_typed_in_a_burst_behind_f2_lands_in_order(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        burst(app, "f2", *"Wu Gang", "tab", *"02588887777", "down", "down", *"Ninghai Road 3")
        await until(pilot, lambda: len(app.screen_stack) > 1 and box(app, "address").value.endswith("3"))
        assert [box(app, name).value for name in ("caller", "phone", "address")] == [
            "Wu Gang",
            "02588887777",
            "Ninghai Road 3",
        ]
        await until(pilot, lambda: sheet(app).call.text(Field.ADDRESS) == "Ninghai Road 3")


@pytest.mark.parametrize("by", ["2222", "zj"])
async def test_a_known_caller_is_a_ticket_in_few_keys(by: str, make_app: MakeApp, other: "Desk") -> None:
    known(other)
    app = make_app()
    keys = ["f2", *by, "enter", *"leaks", "f12", "f12", "enter"]
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press(*keys)
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))
        ticket = newest(other)
        assert ticket.answers["fault"] == "leaks"
        assert ticket.answers["serial"] == "WM778899"
        assert ticket.device_id
        assert ticket.customer_id
        assert set(ticket.to_verify) == {"wanted", "when_wanted"}
    count = len(keys) - len("leaks")
    print(f"known caller by {by}: {count} keys beyond the fault text")
    assert count <= 40


async def test_the_same_keys_in_one_burst_do_the_same(make_app: MakeApp, other: "Desk") -> None:
    known(other)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        burst(app, "f2", *"2222", "enter", *"leaks", "f12", "f12", "enter")
        await until(pilot, lambda: newest(other).answers["fault"] == "leaks")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))
        assert newest(other).answers["caller"] == "周杰"


async def test_what_the_file_tells_is_filled_in_to_be_confirmed(make_app: MakeApp, other: "Desk") -> None:
    known(other)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await typed(pilot, "13911112222")
        await found(app, pilot)
        await pilot.press("enter")
        await until(pilot, lambda: here(app) == Field.FAULT)
        assert box(app, "address").value == ZHOU[Field.ADDRESS]
        assert box(app, "bought").value == "2025-01"
        assert Field.ADDRESS in sheet(app).call.unconfirmed
        assert "*Address" in lines(app, "labels")
        await pilot.press("pageup", "tab")
        assert Field.ADDRESS not in sheet(app).call.unconfirmed
        # He has said it, so it is compared with the file's own.
        await until(pilot, lambda: "=Address" in lines(app, "labels"))


async def test_of_several_devices_one_is_picked(make_app: MakeApp, other: "Desk") -> None:
    known(other)
    known(other, product="空调", model="KFR-35", serial="AC1")
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await typed(pilot, "2222")
        await pilot.press("enter")
        await until(pilot, lambda: here(app) == Field.PRODUCT)
        assert not sheet(app).call.sheet.device_id
        await until(pilot, lambda: "Which device?" in lines(app, "panel"))
        await pilot.press("down", "enter")
        await until(pilot, lambda: here(app) == Field.FAULT)
        assert box(app, "serial").value == "WM778899"
        await pilot.press("pagedown", "pageup")
        assert here(app) == Field.PRODUCT
        await pilot.press("ctrl+u", *"TV")
        assert not sheet(app).call.sheet.device_id
        assert (box(app, "product").value, box(app, "serial").value) == ("TV", "")


async def test_a_fault_typed_for_the_product_is_told_and_moved_by_one_key(
    make_app: MakeApp, other: "Desk"
) -> None:
    known(other)
    known(other, product="空调", model="KFR-35", serial="AC1")
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await typed(pilot, "2222")
        await pilot.press("enter")
        await until(pilot, lambda: here(app) == Field.PRODUCT)
        # What is found is filtered by what is typed: of a fault nothing is left, and nobody saw why.
        await pilot.press(*"半夜嗡嗡响")
        told = " ".join(lines(app, "panel").split())
        assert "reads like a fault. Ctrl+Z moves it" in told
        assert box(app, "fault").value == ""
        await pilot.press("ctrl+z")
        await until(pilot, lambda: box(app, "fault").value == "半夜嗡嗡响")
        assert (box(app, "product").value, here(app)) == ("", Field.PRODUCT)
        assert "reads like" not in lines(app, "panel")
        # The device is still to be told, and Enter takes it as before.
        await pilot.press("enter")
        await until(pilot, lambda: bool(sheet(app).call.sheet.device_id))
        assert box(app, "fault").value == "半夜嗡嗡响"
        answers = sheet(app).call.sheet.answers
        assert (answers[Field.FAULT], answers[Field.PRODUCT]) == ("半夜嗡嗡响", "空调")


async def test_tab_leaves_a_match_alone_and_enter_without_one_goes_on(
    make_app: MakeApp, other: "Desk"
) -> None:
    known(other)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await typed(pilot, "zj")
        await found(app, pilot)
        await pilot.press("tab")
        assert (here(app), sheet(app).call.sheet.customer_id) == ("phone", 0)
        await pilot.press("up", *"xqpw", "enter")
        await until(pilot, lambda: here(app) == "phone")
        assert box(app, "caller").value == "zjxqpw"


async def test_a_caller_taken_by_mistake_is_let_go(make_app: MakeApp, other: "Desk") -> None:
    known(other)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await typed(pilot, "2222")
        await pilot.press("enter")
        await until(pilot, lambda: here(app) == Field.FAULT)
        await typed(pilot, "smells")
        sheet(app).do_forget_caller()
        await pilot.pause()
        assert (box(app, "address").value, box(app, "fault").value) == ("", "smells")
        assert sheet(app).call.sheet.customer_id == 0


async def test_a_number_nobody_knows_moves_to_where_numbers_stand(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await typed(pilot, "025-8888 7777")
        await pilot.press("enter")
        await until(pilot, lambda: box(app, "phone").value)
        assert (box(app, "caller").value, box(app, "phone").value) == ("", "025-8888 7777")
        assert here(app) == Field.CALLER


async def test_enter_leads_through_the_seven_questions_and_the_eight_facts(make_app: MakeApp) -> None:
    app = make_app()
    visited = []
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        for _ in range(11):
            visited.append(here(app))
            await typed(
                pilot, {"phone": "02588887777", "bought": "2024", "when_wanted": "+2h"}.get(here(app), "q9q")
            )
            await pilot.press("enter")
            await pilot.pause(0.1)
        assert visited == [
            *("caller", "phone", "address", "product", "model", "fault", "wanted", "quantity"),
            *("when_wanted", "bought", "cause"),
        ]
        assert here(app) == "degree"
        await typed(pilot, "bad")
        await pilot.press("enter")
        assert "7/7 asked, 8/8 known" in lines(app, "bar")
        assert "F12" in status(app)


async def test_dates_are_echoed_and_never_stand_in_the_way(make_app: MakeApp, other: "Desk") -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await typed(pilot, "Wu Gang")
        box(app, "when_wanted").focus()
        await typed(pilot, "明天下午3点")
        assert box(app, "when_wanted").noted == "= tomorrow 15-17"
        assert "= tomorrow 15-17" in "".join(
            segment.text for segment in box(app, "when_wanted").render_line(0)
        )
        box(app, "bought").focus()
        await typed(pilot, "blue")
        assert box(app, "bought").noted == "? to verify"
        assert "!Bought" in lines(app, "labels")
        box(app, "fault").focus()
        await typed(pilot, "leaks")
        await pilot.press("f12")
        await until(pilot, lambda: isinstance(app.screen, ReadBack))
        await pilot.press("f12")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        assert "bought" in newest(other).to_verify
        assert "when_wanted" not in newest(other).to_verify


async def test_a_question_counts_as_asked_without_an_answer(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await pilot.press("pageup")
        assert here(app) == Field.DEGREE
        await pilot.press("ctrl+d")
        assert sheet(app).call.sheet.asked == {Question.DEGREE}
        assert "+How bad" in lines(app, "labels")
        assert "1/7 asked" in lines(app, "bar")


async def test_the_address_a_known_caller_says_is_compared(make_app: MakeApp, other: "Desk") -> None:
    known(other)
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_sheet(app, pilot)
        await typed(pilot, "2222")
        await pilot.press("enter")
        await until(pilot, lambda: here(app) == Field.FAULT)
        box(app, "address").focus()
        await pilot.press("ctrl+u", *"解放路5号2单元301")
        await until(pilot, lambda: box(app, "address").noted == "same")
        await pilot.press("9")
        await until(pilot, lambda: box(app, "address").noted == "differs!")
        await pilot.press("ctrl+u", *"解放區解放路5號2單元301")
        await until(pilot, lambda: box(app, "address").noted == "same")


async def test_what_is_open_already_shows_while_typing(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        box(app, "phone").focus()
        await typed(pilot, "138 0013 8000")
        await until(pilot, lambda: "Open already" in lines(app, "panel"))
        assert "same phone" in lines(app, "panel")


async def test_what_is_stored_is_never_read_as_markup(make_app: MakeApp, other: "Desk") -> None:
    evil = {Field.CALLER: "[/]evil [@click=app.quit]x", Field.PHONE: "13777776666", Field.FAULT: "[red]hot[/"}
    act = other.act()
    other.intake.save(act, CallSheet(act.write_id, "repair", "phone", other.now(), evil))
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_sheet(app, pilot)
        await typed(pilot, "6666")
        await pilot.press("enter")
        await until(pilot, lambda: "[/]evil [@click=app.quit]x" in lines(app, "panel"))
        await until(pilot, lambda: "[red]hot[/" in lines(app, "panel"))
        await pilot.press("f3")


async def test_the_lookup_waits_for_a_store_that_is_still_opening(make_app: MakeApp, other: "Desk") -> None:
    known(other)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        burst(app, "f2", *"2222", "enter", *"leaks")
        await until(pilot, lambda: len(app.screen_stack) > 1 and box(app, "fault").value == "leaks")
        assert box(app, "caller").value == "周杰"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
async def test_every_box_is_in_sight(size: tuple[int, int], language: str, make_app: MakeApp) -> None:
    app = make_app(language=language)
    async with app.run_test(size=size) as pilot:
        await at_sheet(app, pilot)
        regions = [box(app, name).region for name in Field]
        assert all(region.height == 1 and region.width >= 18 for region in regions)
        assert [region.y for region in regions] == list(range(regions[0].y, regions[0].y + 15))
        assert regions[-1].bottom <= size[1] - 3
        labels = sheet(app).query_one("#labels").region
        assert (labels.y, labels.height) == (regions[0].y, 15)


async def test_a_number_from_elsewhere_begins_a_call_of_its_own(make_app: MakeApp, other: "Desk") -> None:
    known(other)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await typed(pilot, "somebody")
        await pilot.press("escape")
        app.travel.to("call", caller="13911112222")
        await until(pilot, lambda: "周杰" in lines(app, "panel"))
        assert box(app, "caller").value == "13911112222"
        assert len(sheet(app).calls.parked) == 1
        await pilot.press("enter")
        await until(pilot, lambda: here(app) == Field.FAULT)
