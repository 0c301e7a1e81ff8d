"""The command language: what a line is taken apart into, whatever it was typed with."""

import pytest

from aftersales_tui.domain.errors import DomainError, Invalid
from aftersales_tui.domain.grammar import (
    VERBS,
    Kind,
    Line,
    Vocabulary,
    parse,
    parse_words,
    place,
    spell,
    vocabulary,
)
from aftersales_tui.lexicon.verbs import load_vocabulary
from aftersales_tui.paths import data_dir

WORDS = load_vocabulary(data_dir() / "words" / "verbs.toml")


def two_words(kind: Kind, text: str) -> int:
    """Takes the first two words for a date, when the first one begins with a figure or a plus."""
    parts = text.split()
    if not parts or not (parts[0][0].isdigit() or parts[0][0] == "+"):
        return 0
    return len(parts[0]) if kind is Kind.HAPPENED else len(" ".join(parts[:2]))


def told(line: Line) -> list[tuple[str, str, dict[str, str], str]]:
    return [
        (
            step.verb.id,
            step.ticket.text if step.ticket else "",
            {name: piece.text for name, piece in step.given.items()},
            step.override.text if step.override else "",
        )
        for step in line.steps
    ]


ASSIGNED = [("assign", "1042", {"engineer": "wang", "window": "fri 9-11"}, "")]


@pytest.mark.parametrize(
    "line",
    [
        "a 1042 wang fri 9-11",
        "assign 1042 wang fri 9-11",
        "  A  1042  wang   fri 9-11  ",
        "a T-1042 wang fri 9-11",
        "a t1042 wang fri 9-11",
        "a #1042 wang fri 9-11",
        "a1042 wang fri 9-11",
        "a 1042 engineer:wang window:fri 9-11",
        "a window:fri 9-11 engineer:wang ticket:1042",
        "a ticket:1042 wang fri 9-11",
        'a 1042 window:"fri 9-11" engineer:"wang"',
        "a 1042 wang window:fri 9-11",
        "ａ　１０４２　wang　fri 9-11",
        "派 1042、wang、fri 9-11",
        "派1042 wang fri 9-11",
        "派 1042 工程师：wang 时间：fri 9-11",
        "a 1042 wang fri 9-11;",
        "；a 1042 wang fri 9-11；；",
    ],
)
def test_one_order_in_many_spellings(line: str) -> None:
    assert [
        (v, t, {k: " ".join(x.split()) for k, x in g.items()}, o) for v, t, g, o in told(parse(line, WORDS))
    ] == ASSIGNED


@pytest.mark.parametrize(
    ("line", "steps"),
    [
        ("", []),
        (" ; ；", []),
        ("u", [("undo", "", {}, "")]),
        ("m 1042 gate code 7788", [("memo", "1042", {"text": "gate code 7788"}, "")]),
        ("m . “门禁；7788”", [("memo", ".", {"text": "门禁；7788"}, "")]),
        ('m "a ""b"" c"', [("memo", "", {"text": 'a "b" c'}, "")]),
        ('m 1042 he said "no; never" twice', [("memo", "1042", {"text": 'he said "no; never" twice'}, "")]),
        ("m 1042 customer's dog", [("memo", "1042", {"text": "customer's dog"}, "")]),
        ("m 1042 careful! why? 27\" tv", [("memo", "1042", {"text": 'careful! why? 27" tv'}, "")]),
        ("a wang 14-16 ! knows him", [("assign", "", {"engineer": "wang", "window": "14-16"}, "knows him")]),
        ("派 王 周五9-11点！熟客", [("assign", "", {"engineer": "王", "window": "周五9-11点"}, "熟客")]),
        ('a wang 14-16 ! "a; b"', [("assign", "", {"engineer": "wang", "window": "14-16"}, "a; b")]),
        ("u; m 1 x", [("undo", "", {}, ""), ("memo", "1", {"text": "x"}, "")]),
        ("s 1042 on the road", [("status", "1042", {"status": "on the road"}, "")]),
        ("+ 138 0013 8000 leaks", [("call", "", {"phone": "138 0013 8000", "fault": "leaks"}, "")]),
        ("+13800138000", [("call", "", {"phone": "+13800138000"}, "")]),
        ("+ 13800138000 leaks at:14:10", [("call", "", {"phone": "13800138000", "at": "14:10", "fault": "leaks"}, "")]),
        ("+ 13800138000 3 days ago, noise", [("call", "", {"phone": "13800138000", "fault": "3 days ago, noise"}, "")]),
        ("+ 138 0013 8000 2 taps leak", [("call", "", {"phone": "138 0013 8000", "fault": "2 taps leak"}, "")]),
        ("+ 13700000001 1 2 3 beeps", [("call", "", {"phone": "13700000001", "fault": "1 2 3 beeps"}, "")]),
        ("+ 0571-8000 0147 801", [("call", "", {"phone": "0571-8000 0147 801"}, "")]),
        ("+ +33 1 42 68 53 00 leaks", [("call", "", {"phone": "+33 1 42 68 53 00", "fault": "leaks"}, "")]),
        ("+ 13800138000 3天前开始漏水", [("call", "", {"phone": "13800138000", "fault": "3天前开始漏水"}, "")]),
        ("+ 138001380 漏水！很急 ! 另一台", [("call", "", {"phone": "138001380", "fault": "漏水！很急"}, "另一台")]),
        ("1042", [("show", "1042", {}, "")]),
        ("T-1234567", [("show", "1234567", {}, "")]),
        (".", [("show", ".", {}, "")]),
        ("。", [("show", ".", {}, "")]),
        ("13800138000", [("who", "", {"caller": "13800138000"}, "")]),
        ("0755-8888 6666", [("who", "", {"caller": "0755-8888 6666"}, "")]),
        ("queue zone:南山 status:on the road", [("queue", "", {"status": "on the road", "zone": "南山"}, "")]),
        ("查张三", [("who", "", {"caller": "张三"}, "")]),
    ],
)  # fmt: skip
def test_what_a_line_says(line: str, steps: list[object]) -> None:
    assert told(parse(line, WORDS)) == steps


@pytest.mark.parametrize(
    ("line", "given"),
    [
        ("c 1042 +2h today check drain", {"due": "+2h today", "words": "check drain"}),
        ("r 1042 9-11 fri customer: not home", {"window": "9-11 fri", "reason": "customer: not home"}),
        ("o 1042 solved 14:10 new seal", {"outcome": "solved", "at": "14:10", "words": "new seal"}),
        ("o 1042 solved new seal", {"outcome": "solved", "words": "new seal"}),
        ('o 1042 solved "8 pm again"', {"outcome": "solved", "words": "8 pm again"}),
        ("o 1042 solved", {"outcome": "solved"}),
        ("c 1042 due:tomorrow 3pm words:ring twice", {"due": "tomorrow 3pm", "words": "ring twice"}),
        ("c 1042 due:+2h today ring twice", {"due": "+2h today", "words": "ring twice"}),
        ("+ 138 at:14:10 no cooling", {"phone": "138", "at": "14:10", "fault": "no cooling"}),
        ("+ 138 时间：14:10 不制冷", {"phone": "138", "at": "14:10", "fault": "不制冷"}),
    ],
)
def test_a_date_is_parted_from_the_words_behind_it(line: str, given: dict[str, str]) -> None:
    assert told(parse(line, WORDS, two_words))[0][2] == given


@pytest.mark.parametrize(
    ("line", "code", "params"),
    [
        ("asign 1042", "grammar.unknown_verb", {"given": "asign", "nearest": ("assign",)}),
        ("zzz", "grammar.no_verb", {"given": "zzz"}),
        ("a 1042", "grammar.missing", {"verb": "assign", "argument": "engineer"}),
        ("a 1042 wang", "grammar.missing", {"verb": "assign", "argument": "window"}),
        ("a 1042 engineer: window:9-11", "grammar.missing", {"verb": "assign", "argument": "engineer"}),
        ('m 1042 ""', "grammar.missing", {"verb": "memo", "argument": "text"}),
        ("u now", "grammar.too_many", {"verb": "undo", "text": "now"}),
        ("show 1042 1043", "grammar.too_many", {"verb": "show", "text": "1043"}),
        ("a 1 engineer:x engineer:y window:9", "grammar.twice", {"verb": "assign", "argument": "engineer"}),
        ("a 1 x 9-11 !", "grammar.no_reason", {"verb": "assign"}),
        ('a 1 x 9-11 ! " "', "grammar.no_reason", {"verb": "assign"}),
        ("a ticket:x y 9-11", "grammar.not_a_ticket", {"text": "x"}),
        ('m 1 "open', "grammar.unclosed_quote", {"text": '"open'}),
        ("m 1 " + "x" * 9000, "grammar.too_long", {"length": 9004, "limit": 8000}),
        ('"a" 1042', "grammar.no_verb", {"given": "a"}),
    ],
)
def test_what_is_wrong_is_named(line: str, code: str, params: dict[str, object]) -> None:
    with pytest.raises(Invalid) as raised:
        parse(line, WORDS)
    assert raised.value.code == code
    assert {name: raised.value.params[name] for name in params} == params


def test_a_date_that_is_none_is_said_as_such() -> None:
    with pytest.raises(Invalid, match="not_understood"):
        parse("c 1042 sometime soon", WORDS, two_words)


def test_nothing_of_a_line_counts_when_a_part_of_it_cannot_be_read() -> None:
    with pytest.raises(DomainError):
        parse("u; zzz", WORDS)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.id)
def test_a_question_mark_fits_in_every_place(verb: object) -> None:
    name = verb.id  # type: ignore[attr-defined]
    for line in (
        f"{name} ?",
        f"{name}?",
        f"{name} 1042 ?",
        f"u; {name} ?",
        f"{name} 1042 x ? y",
        f"{name} ？",
    ):
        asked = parse(line, WORDS)
        assert asked.asks is not None, line
        assert asked.asks.step is not None, line


def test_a_question_mark_alone_asks_for_verbs() -> None:
    asks = parse("?", WORDS).asks
    assert asks is not None
    assert [slot.argument.kind for slot in asks.slots] == [Kind.VERB]


def test_words_from_a_shell_are_never_parted_again() -> None:
    (step,) = parse_words("memo", ["1042", 'a; "b', "it's"], WORDS).steps
    assert step.text("text") == "a; \"b it's"
    (step,) = parse_words("assign", ["1042", "John Smith", "fri 9-11", "!", "why; not"], WORDS).steps
    assert (step.text("engineer"), step.text("window")) == ("John Smith", "fri 9-11")
    assert step.override is not None
    assert step.override.text == "why; not"
    assert parse_words("assign", ["1042", "?"], WORDS).asks is not None


@pytest.mark.parametrize(
    ("line", "fits"),
    [
        ("", [("verb", "", 0)]),
        ("as", [("verb", "as", 0)]),
        ("a ", [("ticket", "", 2), ("engineer", "", 2)]),
        ("a 10", [("ticket", "10", 2), ("engineer", "10", 2)]),
        ("a 1042 wa", [("engineer", "wa", 7)]),
        ("a 1042 wang fri 9", [("window", "fri 9", 12)]),
        ("a 1042 engineer:wa", [("engineer", "wa", 16)]),
        ("a 1042 wang 9-11 ! be", [("override", "be", 19)]),
        ("u; s 1042 wo", [("status", "wo", 10)]),
        ('m "half', [("ticket", "half", 2), ("text", "half", 2)]),
        ("zzz ", []),
        ("u ", []),
    ],
)
def test_the_place_of_the_cursor(line: str, fits: list[object]) -> None:
    found = place(line, len(line), WORDS)
    assert [(slot.argument.name, slot.prefix, slot.start) for slot in found.slots] == fits
    assert found.end == len(line)


def test_the_long_form_means_the_same() -> None:
    (step,) = parse('派 1 "John ""J"" Smith" fri 9 ! "a; b"', WORDS).steps
    assert spell(step) == 'assign 1 engineer:"John ""J"" Smith" window:"fri 9" ! "a; b"'
    assert parse(spell(step), vocabulary()).steps == (step,)


@pytest.mark.parametrize(
    "tables",
    [
        {"verbs": {"assign": ["x"], "memo": ["x"]}},
        {"verbs": {"fly": ["x"]}},
        {"verbs": {"assign": [" "]}},
        {"statuses": {"nowhere": ["x"]}},
        {"names": {"colour": ["x"]}},
    ],
)
def test_words_with_two_meanings_are_refused(tables: dict[str, dict[str, list[str]]]) -> None:
    with pytest.raises(ValueError, match=r"."):
        vocabulary(**tables)


def test_the_shipped_words_say_every_verb_in_chinese() -> None:
    assert isinstance(WORDS, Vocabulary)
    for verb in VERBS:
        spelled = list(WORDS.written("verbs", verb.id))
        assert any(not word.isascii() for word in spelled), verb.id
