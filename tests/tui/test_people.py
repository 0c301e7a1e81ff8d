"""The list of people and a person's card, by keys, on a real store (A3, A7, D2)."""

from collections.abc import Callable
from datetime import timedelta

from textual.pilot import Pilot

from aftersales_tui import i18n
from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.appointment import Window
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.commands.frame import MORE
from aftersales_tui.tui.dialogs.ask import Ask
from aftersales_tui.tui.dialogs.assign import AssignDialog
from aftersales_tui.tui.dialogs.row_menu import Menu
from aftersales_tui.tui.people.edit import EditField
from aftersales_tui.tui.people.fields import FIELDS, listed
from aftersales_tui.tui.people.time_off import TimeOffDialog
from aftersales_tui.tui.screens.people import PeopleScreen
from aftersales_tui.tui.screens.person import PersonScreen
from aftersales_tui.tui.screens.ticket import TicketScreen
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.word import Word
from aftersales_tui.views.staff import PersonCard, Record
from tests.tui.steps import burst, cells, opened, rows_of, status, strip, until

MakeApp = Callable[..., DeskApp]
NAME, ROLE, TODAY = range(3)
PLACE = {field.name: place for place, field in enumerate(FIELDS)}


def who(desk: Desk, name: str) -> int:
    return desk.people.called(name)[0].staff_id


def card(desk: Desk, staff_id: int) -> PersonCard:
    return desk.roster.card(staff_id)


async def at_list(app: DeskApp, pilot: Pilot[None]) -> None:
    """By the menu of F9, as somebody goes there."""
    await opened(app, pilot)
    app.travel.to("people")
    await until(pilot, lambda: isinstance(app.screen, PeopleScreen) and rows_of(app).rows)


async def at_card(app: DeskApp, pilot: Pilot[None], name: str) -> None:
    await at_list(app, pilot)
    rows_of(app).go_to(next(row.key for row in rows_of(app).rows if row.cells[NAME] == name))
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, PersonScreen) and rows_of(app).rows)


async def at_field(app: DeskApp, pilot: Pilot[None], field: str) -> Line:
    """The cursor goes to a line of the card, and Enter opens it."""
    await pilot.press("home", *["down"] * PLACE[field], "enter")
    await until(pilot, lambda: isinstance(app.screen, EditField))
    return app.screen.query_one(Line)


async def write(app: DeskApp, pilot: Pilot[None], field: str, text: str) -> None:
    (await at_field(app, pilot, field)).value = text
    await pilot.press("enter")


def said_of(app: DeskApp, field: str) -> str:
    return rows_of(app).rows[PLACE[field]].cells[1]


async def test_everybody_with_role_and_day_and_narrowed_to_a_role(make_app: MakeApp, other: Desk) -> None:
    other.roster.hire(other.act(), "刘敏", "clerk")
    now = other.now()
    staff_id = who(other, "Li Ming")
    other.roster.time_off(other.act(), staff_id, None, Window(now, now + timedelta(hours=2)), "dentist")
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot)
        await pilot.press("f9", str(1 + MORE.index("people")))
        await until(pilot, lambda: isinstance(app.screen, PeopleScreen) and rows_of(app).rows)
        assert cells(app, NAME) == ["刘敏", "小李", "小王", "Li Ming", "王强"]
        assert cells(app, ROLE) == ["clerk", "dispatcher", "dispatcher", "engineer", "engineer"]
        assert cells(app, TODAY) == ["no shifts"] * 3 + ["off today 10:20-12:20 dentist", "08-18"]
        assert cells(app, 3)[4] == "冰箱"
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        await pilot.press("4")
        await until(pilot, lambda: cells(app, NAME) == ["Li Ming", "王强"])
        assert "engineer" in app.screen.query_one("#heading", Word).render().plain
        await pilot.press("f", "6")
        await until(pilot, lambda: rows_of(app).rows == ())


async def test_a_card_is_changed_line_by_line_and_tells_it(make_app: MakeApp, other: Desk) -> None:
    staff_id = who(other, "王强")
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_card(app, pilot, "王强")
        line = await at_field(app, pilot, "shifts")
        assert line.value == "Mon-Sun 8:00-18:00"
        line.value = "周一至周五 8:30-12:00 13:30-18:00，周六 9-12"
        await until(
            pilot,
            lambda: (
                "Mon-Fri 8:30-12:00 13:30-18:00, Sat 9:00-12:00"
                in app.screen.query_one("#echo", Word).render().plain
            ),
        )
        await pilot.press("enter")
        await until(pilot, lambda: said_of(app, "shifts").startswith("Mon-Fri"))
        assert "shifts Mon-Fri" in status(app)
        for field, text in (
            ("skills", "冰箱 空调"),
            ("in_trade_since", "12"),
        ):
            await write(app, pilot, field, text)
        await until(pilot, lambda: said_of(app, "in_trade_since") == "2014 (12 years)")
        seen = card(other, staff_id)
        assert (set(seen.skills), seen.in_trade_since, len(seen.week)) == ({"冰箱", "空调"}, 2014, 11)
        assert [row.verb for row in seen.timeline][1:] == ["edit_person"] * 3


async def test_what_is_not_understood_stays_and_says_why(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_card(app, pilot, "王强")
        await write(app, pilot, "shifts", "whenever")
        await until(pilot, lambda: "whenever" in app.screen.query_one("#wrong", Word).render().plain)
        assert isinstance(app.screen, EditField)
        await pilot.press("escape")
        await write(app, pilot, "name", "Li Ming")
        await until(pilot, lambda: "works here already" in app.said.text())
        # The question comes back with what was typed.
        await until(pilot, lambda: isinstance(app.screen, EditField))
        assert app.screen.query_one(Line).value == "Li Ming"
        await pilot.press("escape")
        assert card(other, who(other, "王强")).name == "王强"


async def test_another_seats_change_is_told_and_enter_saves_mine(make_app: MakeApp, other: Desk) -> None:
    staff_id = who(other, "王强")
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        await at_card(app, pilot, "王强")
        (await at_field(app, pilot, "phone")).value = "138"
        other.roster.edit(other.act(), staff_id, None, Record({"phone": "139"}))
        await pilot.press("enter")
        await until(pilot, lambda: "小王" in app.said.text())
        assert "phone 139" in app.said.text()
        assert card(other, staff_id).phone == "139"
        await until(pilot, lambda: isinstance(app.screen, EditField))
        assert app.screen.query_one(Line).value == "138"
        await pilot.press("enter")
        await until(pilot, lambda: card(other, staff_id).phone == "138")


async def test_time_off_typed_ahead_is_given_shown_taken_back_and_taken_away(
    make_app: MakeApp, other: Desk
) -> None:
    staff_id = who(other, "王强")
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_card(app, pilot, "王强")
        burst(app, "t", *"tomorrow", "enter", *"ill", "enter")
        await until(pilot, lambda: card(other, staff_id).time_off)
        (off,) = card(other, staff_id).time_off
        assert (off.reason, (off.end - off.start).days) == ("ill", 1)
        await until(pilot, lambda: any("tomorrow  ill" in row.cells[1] for row in rows_of(app).rows))
        assert "is off tomorrow" in status(app)
        await pilot.press("u")
        await until(pilot, lambda: not card(other, staff_id).time_off)
        assert "Taken back: time off 王强" in status(app)
        burst(app, "t", *"fri", "enter", "enter")
        await until(pilot, lambda: card(other, staff_id).time_off)
        (off,) = card(other, staff_id).time_off
        await until(pilot, lambda: rows_of(app).go_to(off.absence_id))
        await pilot.press("enter", "1")
        await until(pilot, lambda: not card(other, staff_id).time_off)


async def test_visits_in_time_off_are_shown_before_it_is_given_with_a_reason(
    make_app: MakeApp, other: Desk
) -> None:
    staff_id = who(other, "王强")
    ticket = other.dispatch.ticket(other.dispatch.by_number(1001))
    start = other.now() + timedelta(hours=24)
    window = Window(start, start + timedelta(hours=2))
    other.dispatch.assign(other.act(), ticket.ticket_id, ticket.version, staff_id, window)
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await at_card(app, pilot, "王强")
        await pilot.press("t", *"tomorrow", "enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        assert "T-1001 tomorrow 10:20-12:20" in app.screen.query(Word).first(Word).render().plain
        assert card(other, staff_id).time_off == ()
        await pilot.press(*"Li goes", "enter")
        await until(pilot, lambda: card(other, staff_id).time_off)
        assert card(other, staff_id).timeline[-1].params["override"] == "Li goes"
        await until(pilot, lambda: rows_of(app).go_to(ticket.ticket_id))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, TicketScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, PersonScreen))
        await pilot.press("l", "1")
        await until(pilot, lambda: "still has visits to do: visit T-1001" in status(app))
        assert card(other, staff_id).active


async def test_time_off_given_here_speaks_against_him_in_the_assign_panel(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        await at_card(app, pilot, "王强")
        await pilot.press("t", *"today", "enter", *"ill", "enter")
        await until(pilot, lambda: "is off today" in status(app))
        await pilot.press("f3", "a")
        await until(pilot, lambda: isinstance(app.screen, AssignDialog) and rows_of(app).rows)
        app.screen.query_one("#window Line", Line).value = "today 14-16"
        await until(pilot, lambda: [row.cells[1] for row in rows_of(app).rows] == ["Li Ming", "王强"])
        assert "off ill" in rows_of(app).rows[1].cells[2]


async def test_somebody_new_gets_a_card_leaves_and_comes_back(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_list(app, pilot)
        await pilot.press("n", "刘", "敏", "enter", "1")
        await until(pilot, lambda: isinstance(app.screen, PersonScreen) and rows_of(app).rows)
        assert (said_of(app, "name"), said_of(app, "role")) == ("刘敏", "clerk")
        assert "w Comes back" not in strip(app)
        await pilot.press("l", "1")
        await until(pilot, lambda: "works here no longer" in status(app))
        assert [one.name for one in other.roster.seatable()] == ["小李", "小王", "Li Ming", "王强"]
        await until(pilot, lambda: "w Comes back" in strip(app))
        assert "l Leaves" not in strip(app)
        await pilot.press("escape")
        await until(pilot, lambda: "刘敏" not in cells(app, NAME))
        await pilot.press("f", "9")
        await until(pilot, lambda: cells(app, NAME)[-1] == "刘敏")
        assert cells(app, TODAY)[-1] == "has left"
        await pilot.press("end", "w")
        await until(pilot, lambda: "刘敏" in [one.name for one in other.roster.seatable()])


async def test_the_cursor_stays_on_its_person_when_another_seat_changes_the_list(
    make_app: MakeApp, other: Desk
) -> None:
    app = make_app(language="zh_CN")
    async with app.run_test(size=(60, 20)) as pilot:
        await at_list(app, pilot)
        assert cells(app, ROLE)[-1] == "技术员"
        await pilot.press("end")
        staff_id = rows_of(app).key
        other.roster.hire(other.act(), "阿明", "clerk")
        await until(pilot, lambda: "阿明" in cells(app, NAME))
        assert rows_of(app).key == staff_id == who(other, "王强")
        i18n.use("zh_TW")
        app.retranslate()
        await until(pilot, lambda: cells(app, ROLE)[-1] == "技術員")


async def test_the_verb_leads_to_the_list(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("colon", *"people", "enter")
        await until(pilot, lambda: isinstance(app.screen, PeopleScreen) and rows_of(app).rows)


async def test_a_name_is_never_taken_for_markup(make_app: MakeApp, other: Desk) -> None:
    hostile = "王[/b] [@click=app.quit]五"
    other.roster.hire(other.act(), hostile, "engineer", skills=("[red]冰箱",))
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        await at_card(app, pilot, hostile)
        assert said_of(app, "name") == hostile
        await pilot.press("t")
        await until(pilot, lambda: isinstance(app.screen, TimeOffDialog))
        assert hostile in app.screen.query(Word).first(Word).render().plain


def test_words_of_a_list_are_parted_as_people_part_them() -> None:
    assert listed("冰箱 空调") == ("冰箱", "空调")
    assert listed("冰箱、空调，洗衣机") == ("冰箱", "空调", "洗衣机")
    assert listed("air conditioner, washer") == ("air conditioner", "washer")
    assert listed("air conditioner") == ("air conditioner",)
    assert listed("电 视机, 冰箱, 冰箱") == ("电 视机", "冰箱")
    assert listed("  ") == ()
