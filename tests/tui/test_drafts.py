"""Drafts on the disk (C12)."""

import json
import os
import stat
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.intake import CallSheet, Field, Question
from aftersales_tui.tui.drafts import Draft, Drafts, forget, is_blank, read, written

OPENED = datetime(2026, 7, 29, 2, 20, tzinfo=UTC)
SHEET = CallSheet(77, "repair", "phone", OPENED, {Field.CALLER: "张三"}, asked=frozenset({Question.WHO}))
DRAFT = Draft(SHEET, frozenset({Field.ADDRESS}), Field.FAULT)


def drafts(folder: Path, shop: str = "shop.db", seat: str = "1", person: str = "小李") -> Drafts:
    return Drafts(folder / "drafts", shop, seat, person)


def test_what_is_kept_is_offered_again(tmp_path: Path) -> None:
    drafts(tmp_path).keep(DRAFT)
    assert drafts(tmp_path).offered() == (DRAFT,)


def test_the_oldest_call_comes_first(tmp_path: Path) -> None:
    mine = drafts(tmp_path)
    early = Draft(replace(SHEET, call_id=99, opened_at=OPENED.replace(hour=1)))
    mine.keep(DRAFT)
    mine.keep(early)
    assert [draft.sheet.call_id for draft in mine.offered()] == [99, 77]


@pytest.mark.parametrize("other", [{"shop": "demo.db"}, {"seat": "2"}, {"person": "小王"}])
def test_nobody_else_is_offered_it(other: dict[str, str], tmp_path: Path) -> None:
    drafts(tmp_path).keep(DRAFT)
    assert drafts(tmp_path, **other).offered() == ()
    assert len(drafts(tmp_path).offered()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights elsewhere")
def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    drafts(tmp_path).keep(DRAFT)
    folder = tmp_path / "drafts"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()] == [0o600]


def test_a_file_names_neither_store_nor_person(tmp_path: Path) -> None:
    drafts(tmp_path, shop="postgresql://u:secret@h/db").keep(DRAFT)
    (file,) = (tmp_path / "drafts").iterdir()
    assert "小李" not in file.name
    assert "secret" not in file.name + file.read_text("utf-8")


def test_a_later_state_replaces_the_earlier_and_never_the_other_way(tmp_path: Path) -> None:
    mine = drafts(tmp_path)
    later = DRAFT._replace(sheet=replace(SHEET, memo="later"))
    mine.keep(later, 2)
    mine.keep(DRAFT, 1)
    assert mine.offered() == (later,)


def test_a_saved_call_is_gone_though_a_write_comes_late(tmp_path: Path) -> None:
    mine = drafts(tmp_path)
    mine.keep(DRAFT, 1)
    mine.drop(77)
    mine.keep(DRAFT, 2)
    assert mine.offered() == ()
    assert list((tmp_path / "drafts").iterdir()) == []


def test_a_sheet_made_blank_again_leaves_no_file_but_may_be_written_again(tmp_path: Path) -> None:
    mine = drafts(tmp_path)
    mine.keep(DRAFT, 1)
    mine.clear(77, 2)
    assert mine.offered() == ()
    mine.keep(DRAFT, 3)
    assert mine.offered() == (DRAFT,)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[]", b"null", b'{"format": 1}', b'{"format": 1, "owner": []}']
)
def test_a_damaged_file_is_put_aside(content: bytes, tmp_path: Path) -> None:
    mine = drafts(tmp_path)
    mine.keep(DRAFT)
    (file,) = (tmp_path / "drafts").iterdir()
    file.write_bytes(content)
    assert mine.offered() == ()
    left = [file.read_bytes() for file in (tmp_path / "drafts").iterdir()]
    assert left == [content]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("call_id", "77"),
        ("outgoing", 1),
        ("kind", None),
        ("opened_at", "2026-07-29T02:20:00"),
        ("opened_at", 5),
        ("answers", {"nonsense": "x"}),
        ("answers", []),
        ("asked", ["nonsense"]),
        ("here", "nowhere"),
    ],
)
def test_a_file_with_a_wrong_value_is_put_aside(key: str, value: object, tmp_path: Path) -> None:
    mine = drafts(tmp_path)
    mine.keep(DRAFT)
    (file,) = (tmp_path / "drafts").iterdir()
    file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), key: value}), "utf-8")
    assert mine.offered() == ()
    assert [file.suffix for file in (tmp_path / "drafts").iterdir()] == [".damaged"]


def test_half_a_write_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = drafts(tmp_path)
    mine.keep(DRAFT, 1)

    def torn(_: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", torn)
    with pytest.raises(OSError, match="disk full"):
        mine.keep(DRAFT._replace(sheet=replace(SHEET, memo="later")), 2)
    monkeypatch.undo()
    assert mine.offered() == (DRAFT,)


def test_a_torn_character_does_not_cost_the_draft(tmp_path: Path) -> None:
    mine = drafts(tmp_path)
    mine.keep(DRAFT._replace(sheet=replace(SHEET, memo="a\ud800b")))
    assert [draft.sheet.memo for draft in mine.offered()] == ["a?b"]


def test_a_blank_sheet_is_not_worth_a_file() -> None:
    assert is_blank(CallSheet(1, "repair", "phone", OPENED, {Field.CALLER: "  "}))
    assert not is_blank(SHEET)
    assert not is_blank(CallSheet(1, "repair", "phone", OPENED, memo="x"))


@given(
    st.dictionaries(st.sampled_from(Field), st.text(st.characters(codec="utf-8"), max_size=40)),
    st.frozensets(st.sampled_from(Question)),
    st.frozensets(st.sampled_from(Field)),
)
def test_every_sheet_comes_back_as_it_was(
    answers: dict[Field, str], put: frozenset[Question], unconfirmed: frozenset[Field]
) -> None:
    draft = Draft(replace(SHEET, answers=answers, asked=put, hold_seconds=31), unconfirmed, Field.DEGREE)
    assert read(json.loads(json.dumps(written(draft)))) == draft


def test_drafts_of_whoever_was_erased_are_taken_away_whosever_they_are(tmp_path: Path) -> None:
    def draft(call_id: int, customer_id: int = 0, phone: str = "", memo: str = "") -> Draft:
        answers = {Field.PHONE: phone} if phone else {}
        opened = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
        return Draft(
            CallSheet(call_id, "repair", "phone", opened, answers, customer_id=customer_id, memo=memo)
        )

    mine, theirs = Drafts(tmp_path, "shop", "1", "Li"), Drafts(tmp_path, "shop", "2", "Wang")
    mine.keep(draft(1, customer_id=77))
    theirs.keep(draft(2, phone="137 6667-7788"))
    theirs.keep(draft(3, memo="call １３７６６６７７７８８ / 13900139000 back"))
    mine.keep(draft(4, customer_id=777, phone="13766677799"))
    (tmp_path / "old.damaged").write_text('{"phone": "+86 137 6667 7788', "utf-8")
    assert forget(tmp_path, [77, 78], ["+8613766677788", "110"]) == 4
    assert [one.sheet.call_id for one in (*mine.offered(), *theirs.offered())] == [4]
    assert forget(tmp_path / "nowhere", [77], []) == 0


def test_the_drafts_of_somebody_who_is_called_otherwise_now_go_with_him(tmp_path: Path) -> None:
    drafts(tmp_path).keep(DRAFT)
    other = Draft(replace(SHEET, call_id=78))
    drafts(tmp_path).keep(other)
    renamed = drafts(tmp_path, person="李工")
    newer = DRAFT._replace(sheet=replace(SHEET, memo="newer"))
    renamed.keep(newer)
    drafts(tmp_path).move_to(renamed)
    assert drafts(tmp_path).offered() == ()
    assert sorted(draft.sheet.memo for draft in renamed.offered()) == ["", "newer"]
