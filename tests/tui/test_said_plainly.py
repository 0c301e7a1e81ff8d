"""Titles, counts and notes that say one thing, once (F4, F5)."""

from aftersales_tui.desk.desk import Desk
from aftersales_tui.tui.customer.pages import more_than_typed
from aftersales_tui.tui.ticket.tabs import Tabs
from aftersales_tui.tui.widgets.word import Word
from aftersales_tui.views.customers import PhoneView
from tests.tui.called_back import advised, of, promised
from tests.tui.steps import rows_of, until
from tests.tui.test_contact import at_list, scripted
from tests.tui.test_files import at_file, own
from tests.tui.test_queue import MakeApp


def test_a_number_stands_on_the_file_once_unless_it_says_more_than_was_typed() -> None:
    for typed, e164, extension, more in (
        ("139 0013 9000", "+8613900139000", "", ""),
        ("+86 137 0013 7000", "+8613700137000", "", ""),
        ("0086-13700137000", "+8613700137000", "", ""),
        ("025-83451234", "+862583451234", "", ""),
        ("０２５-８３４５１２３４ 转 12", "+862583451234", "12", ""),
        ("0932 345 678", "+886932345678", "", ""),
        ("83451234", "+862583451234", "", "+862583451234"),
        ("10086", "10086", "", ""),
    ):
        assert more_than_typed(PhoneView(1, typed, e164, extension, 0, "")) == more, typed


async def test_the_tab_of_people_and_numbers_counts_what_stands_below_it(
    make_app: MakeApp, other: Desk
) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_file(app, pilot)
        await pilot.press("2")
        assert "[2 Contacts 1]" in app.screen.query_one(Tabs).render().plain
        await pilot.press("a", "1", *"王建国", "f12")
        await until(pilot, lambda: own(other).persons)
        await until(pilot, lambda: "[2 Contacts 2]" in app.screen.query_one(Tabs).render().plain)
        assert len(rows_of(app).rows) == 2
        assert [cells[-1] for cells in (row.cells for row in rows_of(app).rows)] == ["", ""]


async def test_the_script_says_why_apart_from_what_about(make_app: MakeApp, other: Desk) -> None:
    titles = {
        "en": ("callback (as promised): 钱二", "advice check (advice by phone): 孙三"),
        "zh_CN": ("回电（按约定回电）：钱二", "指导后回访（电话指导）：孙三"),
        "zh_TW": ("回電（依約定回電）：钱二", "指導後回訪（電話指導）：孙三"),
    }
    contacts = {spoken: (promised(other, "钱二", 20), advised(other, "孙三")) for spoken in titles}
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_list(app, pilot, 6)
        for spoken, both in contacts.items():
            await app.do_language(spoken)
            for ticket, title in zip(both, titles[spoken], strict=True):
                rows_of(app).go_to(of(other, ticket).contact_id)
                await pilot.press("enter")
                script = await scripted(app, pilot)
                assert script.query_one(".title", Word).render().plain.strip() == f"{title} 13800138000"
                await pilot.press("escape")
