"""Out of one shop, into an empty one, out again: the same files, on both stores and in every format (U1, U2, A3)."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import copy

import pytest

from aftersales_tui.desk.desk import Desk
from aftersales_tui.desk.importing import run as running
from aftersales_tui.domain.customer import Part
from aftersales_tui.domain.ticket import Status
from aftersales_tui.exchange.layouts import LAYOUTS
from aftersales_tui.exchange.reading import lines, open_table
from aftersales_tui.exchange.writing import Format, write
from aftersales_tui.i18n import say
from aftersales_tui.views.imports import Tally
from aftersales_tui.views.tickets import TicketView
from tests.desk.day import Day
from tests.imports.files import count, stored, take, take_back
from tests.stores import sit_down

LABELS = (
    '0755-26001234 ("""总机""", "Anna, Dr."); 13900000002 ("家, (晚上)", "李四(采购)", 2); '
    '0755-26001234-12 (, "李四(采购)")'
)
"""Of three numbers: what each is called and whose it is, the second one of the second of two namesakes."""
PARTS = ("visit", "note", "sale_promise", "phone", "person")
NIGHT = [(0, 510, 1080), (1, 1320, 1800), (5, 0, 1440)]
"""Monday by day, Tuesday over midnight, the whole Saturday."""


@contextmanager
def empty_shop(day: Day, request: pytest.FixtureRequest, folder: Path) -> Iterator[Desk]:
    """Another shop on the same kind of store, founded and empty, in which the same person sits."""
    if day.database.startswith("postgres"):
        server = request.getfixturevalue("postgres")
        with server.database("shop") as url, closing(sit_down(url, day.clock)) as desk:
            yield desk
        return
    file = copy(request.getfixturevalue("template_file"), folder / "empty.db")
    with closing(sit_down(file, day.clock)) as desk:
        yield desk


def keep(day: Day, part: Part, owner: int, record: int = 0, **told: object) -> None:
    day.desk.customers.keep(day.desk.act(), part, owner, record, told)


def lived(day: Day) -> None:
    """A shop with everything that has spoilt a round trip, or could."""
    keeper = day.hire(
        "王强", skills=["冰箱", "洗衣机；干衣机", '19" racks'], zones=["南山", "A;B"], week=NIGHT
    )
    gone = day.hire("王强", phone="+86 13500000001", week=())
    day.hire("José O'Neil", "head", skills=[], zones=[])
    assigned = day.call(caller='=SUM(A1) "Q"', phone="0755-8888-1111", address="+1 High St, London (rear)")
    ended = day.call(
        caller="陈晨", phone="13900000002", product="空调", model="KFR-35", memo='@第一行\n-第二行; "x"'
    )
    company = day.call(
        caller="Hua & Söhne (深圳)", phone="0755-26001234", product="空调", model="KFR-35"
    ).customer_id
    twin = day.call(
        caller="陈晨", phone="13900000003", product="空调", model="KFR-35", bought="去年", serial="S-1"
    )
    assert company is not None
    for text in ("福田区1号 (后门, 3楼)", '"Tower"; B座', "=HYPERLINK(1)"):
        keep(day, Part.ADDRESS, company, text=text, zone="福田", route_note="地铁, 2号线 (A口)")
    for name in ("李四(采购)", "李四(采购)", "=1+1", "Anna, Dr."):
        keep(day, Part.PERSON, company, name=name, role="payer", form="李经理, 女", note="只收现金; 不赊账")
    keep(day, Part.PERSON, company, name="没有职务", form="小没")
    for typed in ("13900000002", "0755-26001234-12", "+49 30 1234567"):
        keep(day, Part.PHONE, company, typed=typed)
    keep(day, Part.CUSTOMER, company, company, kind="company", tier="contract", do_not_call=True, note="-见合同",
         quiet="12:00-14:00", contact_months=6)  # fmt: skip
    for _ in range(3):
        keep(day, Part.DEVICE, company, product="空调", model="KFR-35", place="3楼", bought_on="2024-05")
    # The same name and number as another file: by name and number alone they would become one.
    keep(day, Part.PHONE, twin.customer_id or 0, typed="13900000002")
    filed(day, company)
    worked(day, (assigned, ended, twin), (keeper, gone))


def filed(day: Day, company: int) -> None:
    """A file with numbers that are somebody's, promises open and kept, and notes."""
    file = day.desk.customers.file(company)
    namesakes = [person.person_id for person in file.persons if person.name == "李四(采购)"]
    switchboard, *others = [phone.phone_id for phone in file.phones]
    for phone, label, person in ((others[0], "家, (晚上)", namesakes[1]), (others[1], "", namesakes[0])):
        mine = {"label": label, "person_id": person}
        day.desk.customers.keep(day.desk.act(), Part.PHONE, company, phone, mine)
    day.desk.customers.keep(day.desk.act(), Part.PHONE, company, switchboard, {"label": '"总机"'})
    # The same number once more, with what the first one does not say.
    keep(day, Part.PHONE, company, typed="0755-26001234", person_id=file.persons[3].person_id)
    device = file.devices[0].device_id
    keep(day, Part.PROMISE, company, what="gift", words="=电饭煲; 一个", due_at=day.at("12-24 10:00"))
    keep(day, Part.PROMISE, company, what="fitting", words="免费安装", device_id=device)
    kept = next(one for one in day.desk.customers.file(company).promises if one.what == "fitting")
    day.desk.customers.fulfil(day.desk.act(), company, kept.promise_id, "@王强装的, 11:30")
    day.desk.customers.note(day.desk.act(), company, "-第一行\n第二行; (要发票)")
    with day.beside("José O'Neil") as another:
        another.customers.note(another.act(), company, "挂在三楼", device)


def worked(day: Day, tickets: tuple[TicketView, TicketView, TicketView], men: tuple[int, int]) -> None:
    """Tickets in every state: assigned, over, to be gone to again, answered; and one who has left the shop."""
    (assigned, ended, twin), (keeper, gone) = tickets, men
    day.clock.forward(minutes=1)
    day.save(day.sheet(caller="", phone="", mobile="", kind="enquiry", product="", model="", for_whom="老板"))
    day.assign(assigned, keeper, "11-24 14:00-16:00", override="x")
    day.assign(ended, gone, "14:00-16:00", override="x")
    day.clock.forward(minutes=5)
    day.outcome(day.again(ended), "solved", "=换了压缩机, 试机\n正常")
    second = day.assign(day.call(phone="13900000009", caller="二次", bought="????"), gone, "17:00-18:00", "x")
    # Three visits: one by somebody else, and two of one man in one window, of which the second is the last.
    for engineer, words in ((gone, "等配件"), (keeper, "-缺工具"), (keeper, "=又等配件")):
        second = day.assign(second, engineer, "17:00-18:00", "x") if second.visits[-1].outcome else second
        day.clock.forward(minutes=3)
        second = day.outcome(second, "second_visit", words)
        day.clock.forward(minutes=3)
    # Visits that ended without an outcome of the policy: sent another, waits for a part.
    waits = day.assign(day.call(phone="13900000008", caller="等件"), keeper, "18:30-19:00", "x")
    waits = day.assign(waits, gone, "19:00-20:00", "x")
    day.status(waits, Status.WAITING_PART)
    day.desk.visits.answer(day.desk.act(), twin.ticket_id, twin.version, "已说明")
    day.desk.roster.leave(day.desk.act(), gone)
    day.clock.forward(minutes=1)
    day.save(day.sheet(caller="二次", phone="13900000009", repeats=second.ticket_id, fault="又坏了"))


def out(desk: Desk, folder: Path, form: Format) -> dict[str, Path]:
    """Every table as a file of a format."""
    files = {kind: folder / f"{kind}.{form}" for kind in LAYOUTS}
    with desk.exports.reading():
        for kind, file in files.items():
            made = desk.exports.table(kind)
            write(file, form, [say(f"column.{name}") for name in made.names], made.names, made.rows)
    return files


def told(file: Path) -> object:
    """What a file says: its bytes, or the cells of a sheet, whose container bears the time of day."""
    return [line.cells for line in lines(open_table(file))] if file.suffix == ".xlsx" else file.read_bytes()


def test_a_shop_that_moves_into_an_empty_one_goes_out_as_the_same_files(
    day: Day, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK", 2)
    lived(day)
    before = {form: out(day.desk, tmp_path / f"one-{form}", form) for form in Format}
    lines_of = before[Format.JSONL]["customers"].read_text("utf-8").splitlines()
    assert LABELS in [json.loads(line)["phone_labels"] for line in lines_of]
    for form in (Format.CSV, Format.XLSX):
        (tmp_path / form).mkdir()
        with empty_shop(day, request, tmp_path / form) as desk:
            came = {kind: take(desk, kind, file) for kind, file in before[form].items()}
            assert [outcome.tally.rejected for outcome in came.values()] == [0] * len(LAYOUTS)
            for again in Format:
                after = out(desk, tmp_path / f"two-{form}-{again}", again)
                for kind in LAYOUTS:
                    assert told(after[kind]) == told(before[again][kind]), (form, again, kind)
            feed = desk.feed.latest()
            rows = stored(desk, "SELECT id, version FROM customer UNION ALL SELECT id, version FROM ticket")
            twice = {kind: take(desk, kind, file).tally for kind, file in before[form].items()}
            assert twice == {
                kind: Tally(outcome.tally.rows, same=outcome.tally.rows, warnings=twice[kind].warnings)
                for kind, outcome in came.items()
            }
            assert (
                stored(desk, "SELECT id, version FROM customer UNION ALL SELECT id, version FROM ticket")
                == rows
            )
            assert {row[0] for row in stored(desk, f"SELECT verb FROM feed WHERE seq > {feed}")} == {"import"}
            # Taken back in the order in which it came in, turned round, nothing of the other shop is left.
            for kind in reversed(list(LAYOUTS)):
                take_back(desk, came[kind].batch_id)
            assert [count(desk, name) for name in (*PARTS, "ticket", "device", "customer")] == [0] * 8
