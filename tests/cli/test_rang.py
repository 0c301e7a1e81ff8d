"""The calls that a customer's file asks for, in the shell: they have no ticket to be named by (B4, U3)."""

from datetime import timedelta
from pathlib import Path

from aftersales_tui.bootstrap import open_desk
from aftersales_tui.domain.customer import Part
from tests.cli.conftest import Shell
from tests.cli.shops import settings


def test_calls_of_a_file_are_listed_and_told_by_the_customers_name_or_number(
    shell: Shell, home: Path
) -> None:
    shell("call", "13512344321", "压缩机异响")
    ((who,),) = shell("who", "13512344321", "--json").records()
    assert shell("customer", "contacts", "13512344321").out == "His file asks for no call.\n"
    desk = open_desk(settings(home / "shop.db"))
    whose, due = int(who["customer_id"]), desk.now() + timedelta(days=2)
    desk.customers.keep(desk.act(), Part.CUSTOMER, whose, whose, {"name": "孙悟空"})
    desk.customers.keep(desk.act(), Part.CUSTOMER, whose, whose, {"contact_months": 6, "contact_at": due})
    told = {"what": "gift", "words": "滤芯", "due_at": due + timedelta(days=1)}
    desk.customers.keep(desk.act(), Part.PROMISE, whose, 0, told)
    desk.close()
    (rows,) = shell("customer", "contacts", "孙悟空", "--json").records()
    assert [(row["reason"], row["ticket_id"], row["customer_id"]) for row in rows] == [
        ("periodic_contact", "0", who["customer_id"]),
        ("sale_promise", "0", who["customer_id"]),
    ]
    listed = shell("contacts").out
    assert "sale: gift" in listed
    assert "regular call" in listed
    assert "T-0" not in listed
    assert shell("customer", "rang", "孙悟空", "works").code == 3
    assert shell("customer", "rang", "孙悟空", "kept", "--about", "survey").code == 6
    assert shell("customer", "rang", "孙悟空", "postponed", "--about", "sale_gift").code == 3
    done = shell("customer", "rang", "13512344321", "kept", "--about", "sale_gift", "--words", "送到了")
    assert (done.code, done.out) == (0, "孙悟空: kept\n")
    done = shell("customer", "rang", "孙悟空", "inconvenient", "--again", "+3d")
    assert done.code == 0, done.err
    ((row,),) = shell("customer", "contacts", "孙悟空", "--json").records()
    assert row["reason"] == "periodic_contact"
    assert "孙悟空: inconvenient" in shell("file", "孙悟空").out
    assert shell("customer", "rang", "孙悟空", "reached").code == 0
    ((row,),) = shell("customer", "contacts", "孙悟空", "--json").records()
    assert row["due_at"][:10] > (due + timedelta(days=100)).isoformat()
