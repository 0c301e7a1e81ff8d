"""What a caller is found by while somebody types."""

import subprocess
import sys
import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.lexicon.keys import (
    Probe,
    TicketNumber,
    customer_keys,
    device_keys,
    name_key,
    next_prefix,
    probes,
)

ZHANG = customer_keys("张三", ["138 0013 8000", "0755-88886666 转 802"], "CN", "0755")
SMITH = customer_keys("John O'Brien", ["+1 212 736 5000"], "CN", "0755")
DEVICE = device_keys("sn-12 ab34")


def found(typed: str, keys: frozenset[str]) -> bool:
    prefixes = [probe.prefix for probe in probes(typed) if isinstance(probe, Probe)]
    return any(prefix <= key < next_prefix(prefix) for prefix in prefixes for key in keys)


def kinds(typed: str) -> str:
    """The places looked at, in order; ``#`` is the ticket."""
    return "".join("#" if isinstance(probe, TicketNumber) else probe.prefix[0] for probe in probes(typed))


def test_the_keys_of_a_customer() -> None:
    assert {key for key in ZHANG if key[0] in "niy"} == {"n:张三", "i:zs", "y:zhangsan"}
    assert {key for key in ZHANG if key[0] in "pqr"} == {
        "p:8613800138000",
        "q:13800138000",
        "r:0008310083168",
        "p:8675588886666",
        "q:75588886666",
        "q:88886666",
        "r:6666888855768",
    }
    assert {"n:john obrien", "n:john", "n:obrien", "i:jo", "y:johnobrien"} <= SMITH


def test_nobody_has_no_keys() -> None:
    assert customer_keys(" ", ["-", ""], "CN", "") == frozenset()
    assert device_keys(" - ") == frozenset()


def test_a_short_code_is_found_as_typed() -> None:
    assert customer_keys("", ["10086"], "CN", "0755") == {"p:10086", "q:10086", "r:68001"}


@pytest.mark.parametrize(
    "typed",
    [
        "1",
        "138",
        "138-0013",
        "13800138000",
        "+86138",
        "0086 138",
        "86138",
        "8000",
        "000",
        "１３８",
        "0755",
        "0755-8888",
        "(0755) 88886666",
        "88886666",
        "8888",
        "6666",
        "0755-88886666转802",
        "8888 6666",
        "+86 (0)755 8888",
        "张",
        "张三",
        "張三",
        "章三",
        "zs",
        "ZS",
        "z",
        "zhang",
        "zhangs",
        "zhang san",
        "Zhang S",
        "ｚｓ",
    ],
)
def test_zhang_is_found_by(typed: str) -> None:
    assert found(typed, ZHANG)


@pytest.mark.parametrize(
    "typed", ["john", "JOHN O'B", "obrien", "o'brien", "o'b", "jo", "joh", "212736", "+1 212", "5000"]
)
def test_john_is_found_by(typed: str) -> None:
    assert found(typed, SMITH)


@pytest.mark.parametrize("typed", ["sn12", "SN-12", "SN 12AB", "ab34", "B34", "ＳＮ１２"])
def test_a_device_is_found_by(typed: str) -> None:
    assert found(typed, DEVICE)


@pytest.mark.parametrize(
    "typed", ["李", "ls", "139", "8001", "zhangw", "T-1042", "#138", "", "   ", "!?", "+", "+(0)", "00"]
)
def test_zhang_is_not_found_by(typed: str) -> None:
    assert not found(typed, ZHANG)


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("138", "qpr#"),
        ("5678", "rqp#"),
        ("张", "n"),
        ("张三", "ny"),
        ("zs", "iyn"),
        ("zhangs", "yn"),
        ("lü", "yni"),
        ("Müller", "n"),
        ("li", "yni"),
        ("T-1042", "#st"),
        ("#1042", "#"),
        ("1042", "rqp#"),
        ("SN12", "stn"),
        ("13800138000", "qprst"),
        ("8888x12345", "stn"),
    ],
)
def test_the_likeliest_place_comes_first(typed: str, places: str) -> None:
    assert kinds(typed) == places


@pytest.mark.parametrize(
    "typed", ["T-1042", "t1042", "T 1042", "#1042", "# 1042", "1042", "Ｔ－１０４２", "＃１０４２"]
)
def test_a_ticket_number_is_seen(typed: str) -> None:
    assert TicketNumber(1042) in probes(typed)


def test_a_phone_with_an_extension_may_be_a_serial() -> None:
    assert found("5551234x12", device_keys("5551234X12"))


def test_an_exact_hit_counts_more_except_from_behind() -> None:
    assert {p.prefix[0]: p.exact_first for p in probes("55512345") if isinstance(p, Probe)} == {
        "r": False,
        "q": True,
        "p": True,
        "s": True,
        "t": False,
    }


def test_marks_and_blanks_do_not_part_a_han_name() -> None:
    assert name_key("阿凡提·买 买提 Ali  Khan") == "阿凡提买买提ali khan"


@given(st.text(st.characters(), max_size=80))
def test_anything_typed_gives_probes_that_a_store_can_take(typed: str) -> None:
    for probe in probes(typed):
        if isinstance(probe, Probe):
            assert probe.prefix[1] == ":" and len(probe.prefix) > 2
            assert probe.prefix < next_prefix(probe.prefix)
            assert not any(c == "\x00" or 0xD800 <= ord(c) <= 0xDFFF for c in probe.prefix)


STORABLE = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


@given(STORABLE, STORABLE, STORABLE)
def test_the_next_prefix_closes_the_range(prefix: str, tail: str, other: str) -> None:
    prefix = "n:" + prefix
    end = next_prefix(prefix)
    assert prefix <= prefix + tail < end
    other = "n:" + other
    assert (prefix <= other < end) == other.startswith(prefix)
    end.encode()


def test_the_next_prefix_at_the_edges_of_unicode() -> None:
    assert next_prefix("n:\U0010ffff\U0010ffff") == "n;"
    assert next_prefix("n:\ud7ff") == "n:\ue000"
    with pytest.raises(ValueError, match=r"^$"):
        next_prefix("")


def test_typing_ascii_loads_nothing_heavy() -> None:
    code = (
        "import sys; from aftersales_tui.lexicon.keys import probes;"
        "[probes(t) for t in ('138', 'zs', 'T-1042', 'SN12', 'o\\'brien', '0755-88888888 ext 8', '!')];"
        "sys.exit(bool({'opencc', 'pypinyin', 'phonenumbers'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_typing_ascii_costs_little() -> None:
    for typed in ("13800138000", "zhangsan", "0755-8888 8888 ext 802", "SN12AB34"):
        assert (
            min(timeit.repeat("probes(typed)", globals=globals() | {"typed": typed}, number=50)) / 50 < 0.0002
        )
