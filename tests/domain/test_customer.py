"""Two edits of one record, and how people are addressed (U1, A4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.customer import PARTS, Addressed, Clash, Part, form_of_address, merged

FIELDS = st.fixed_dictionaries({name: st.sampled_from(("", "x", "y")) for name in "abc"})


@pytest.mark.parametrize(
    ("before", "mine", "theirs", "written", "clashing"),
    [
        ("a", "b", "a", "b", False),
        ("a", "a", "b", None, False),
        ("a", "b", "b", None, False),
        ("a", "b", "c", None, True),
        ("a", "a", "a", None, False),
    ],
)
def test_a_field_is_mine_theirs_or_to_be_decided(
    before: str, mine: str, theirs: str, written: str | None, clashing: bool
) -> None:
    merge = merged({"f": before}, {"f": mine}, {"f": theirs})
    assert merge.values == ({} if written is None else {"f": written})
    assert merge.clashes == ((Clash("f", before, mine, theirs),) if clashing else ())


@given(before=FIELDS, mine=FIELDS, theirs=FIELDS)
def test_nothing_of_another_is_ever_overwritten_unasked(
    before: dict[str, str], mine: dict[str, str], theirs: dict[str, str]
) -> None:
    merge = merged(before, mine, theirs)
    after = theirs | merge.values
    clashing = {clash.name for clash in merge.clashes}
    for name, was in before.items():
        if theirs[name] != was:
            assert after[name] == theirs[name]
        elif name not in clashing:
            assert after[name] == mine[name]
        if mine[name] not in (was, theirs[name]) and theirs[name] != was:
            assert name in clashing


PEOPLE = (
    Addressed("张小姐", "", "小张"),
    Addressed("王 建国", "contact", "王经理"),
    Addressed("李四", "user", ""),
)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("王建国", "王经理"),
        ("张小姐", "小张"),
        ("李四", "王经理"),
        ("蓝湾酒店", "王经理"),
        ("", "王经理"),
        ("赵六", ""),
    ],
)
def test_people_are_addressed_as_the_file_says(name: str, form: str) -> None:
    owner = "李四" if name == "李四" else "蓝湾酒店"
    assert form_of_address(PEOPLE, owner, name) == form


def test_every_part_has_something_without_which_it_is_nothing_or_a_choice() -> None:
    for part, entries in PARTS.items():
        names = [entry.name for entry in entries]
        assert len(names) == len(set(names))
        assert part is Part.DEVICE or any(entry.required or entry.choices for entry in entries)
