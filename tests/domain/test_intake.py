"""The call sheet: what was asked, what is known, what is missing (C1, C2, C4)."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.errors import Refused
from aftersales_tui.domain.intake import (
    BOXES,
    FACT_FIELDS,
    CallSheet,
    Fact,
    Field,
    Question,
    asked,
    coverage,
    doubtful,
    facts_needed,
    fields_of,
    missing,
    next_field,
    read_back,
    require_dispatchable,
    require_savable,
)

OPENED = datetime(2026, 7, 29, 2, 20, tzinfo=UTC)
ANSWERS = st.dictionaries(st.sampled_from(Field), st.text(max_size=12))


def sheet(**answers: str) -> CallSheet:
    return CallSheet(1, "repair", "phone", OPENED, {Field(name): text for name, text in answers.items()})


def test_every_question_has_fields_and_every_fact_one_of_them() -> None:
    assert {box.question for box in BOXES.values()} == set(Question)
    assert set(FACT_FIELDS) == set(Fact)
    assert [name for question in Question for name in fields_of(question)] != []
    assert set(BOXES) == set(Field)


def test_a_question_counts_as_asked_when_put_or_answered() -> None:
    assert asked({Field.CALLER: "Wu", Field.ADDRESS: "  "}, {Question.WHY}) == {Question.WHO, Question.WHY}


def test_what_the_file_alone_has_told_was_not_asked() -> None:
    answers = {Field.CALLER: "Wu", Field.ADDRESS: "Road 3", Field.BOUGHT: "2024"}
    assert asked(answers, (), {Field.ADDRESS, Field.BOUGHT}) == {Question.WHO}
    filled = sheet(caller="Wu", address="Road 3", bought="2024")
    far = coverage(filled, (), unconfirmed={Field.ADDRESS, Field.BOUGHT})
    assert (far.asked, far.known) == (1, 3)
    assert next_field(answers, Field.CALLER, (), {Question.WHO}, (), {Field.ADDRESS}) is Field.ADDRESS


def test_where_nobody_goes_three_facts_are_enough() -> None:
    assert missing({}, (), facts_needed(visit=False)) == (Fact.NAME, Fact.PHONE, Fact.FAULT)
    assert facts_needed(visit=True) == tuple(Fact)
    far = coverage(sheet(caller="Wu", phone="110"), (), facts_needed(visit=False))
    assert (far.known, far.facts) == (2, 3)


def test_the_facts_are_missed_in_the_order_they_are_asked_for() -> None:
    assert missing({}) == tuple(Fact)
    assert missing({Field.ADDRESS: "Road 3", Field.FAULT: "leaks"})[:2] == (Fact.NAME, Fact.PHONE)


def test_a_mobile_is_a_phone() -> None:
    assert Fact.PHONE not in missing({Field.MOBILE: "13800138000"})


@pytest.mark.parametrize(
    ("name", "text", "fact"),
    [
        (Field.PHONE, "12", Fact.PHONE),
        (Field.PHONE, "none", Fact.PHONE),
        (Field.CALLER, "??", Fact.NAME),
        (Field.CALLER, "8624", Fact.NAME),
        (Field.ADDRESS, "...", Fact.ADDRESS),
        (Field.FAULT, "-", Fact.FAULT),
    ],
)
def test_what_cannot_be_right_is_missing_still(name: Field, text: str, fact: Fact) -> None:
    assert doubtful({name: text}) == {fact}
    assert fact in missing({name: text})


def test_three_digits_can_be_dialled() -> None:
    assert doubtful({Field.PHONE: "110"}) == frozenset()


def test_a_date_judged_elsewhere_is_missing_too() -> None:
    assert Fact.BOUGHT in missing({Field.BOUGHT: "2099"}, {Fact.BOUGHT})


@given(ANSWERS, st.sets(st.sampled_from(Question)))
def test_coverage_never_leaves_its_bounds(answers: dict[Field, str], put: set[Question]) -> None:
    far = coverage(CallSheet(1, "repair", "phone", OPENED, answers, asked=frozenset(put)))
    assert 0 <= far.asked <= far.questions == 7
    assert 0 <= far.known <= far.facts == 8


@given(ANSWERS, st.sets(st.sampled_from(Question)), st.sampled_from(Field))
def test_enter_leads_to_something_still_needed(
    answers: dict[Field, str], put: set[Question], here: Field
) -> None:
    following = next_field(answers, here, (), put)
    needed = {FACT_FIELDS[fact] for fact in missing(answers)} | {
        fields_of(question)[0] for question in set(Question) - asked(answers, put)
    }
    assert following is None if needed <= {here} else following in needed - {here}


def test_enter_prefers_what_lies_behind() -> None:
    answers = {Field.CALLER: "Wu", Field.PHONE: "110", Field.ADDRESS: "Road 3"}
    assert next_field(answers, Field.ADDRESS) is Field.MODEL
    assert next_field({**answers, Field.ADDRESS: ""}, Field.MODEL) is Field.FAULT
    assert next_field({}, Field.DEGREE) is Field.CALLER


def test_a_question_not_put_is_led_to_though_it_fills_no_fact() -> None:
    answers = {Field.CALLER: "Wu", Field.PHONE: "110", Field.ADDRESS: "Road 3"}
    assert next_field(answers, Field.ADDRESS, (), ()) is Field.PRODUCT
    assert next_field({**answers, Field.PRODUCT: "fridge"}, Field.WANTED, (), ()) is Field.QUANTITY


def test_who_and_what_are_enough_to_save() -> None:
    require_savable(sheet(phone="110", fault="leaks"))
    require_savable(sheet(address="Road 3", product="fridge"))
    with pytest.raises(Refused, match="who_missing") as who:
        require_savable(sheet(fault="leaks"))
    with pytest.raises(Refused, match="what_missing") as what:
        require_savable(sheet(caller="Wu", quantity="2"))
    assert (who.value.params["field"], what.value.params["field"]) == ("caller", "fault")


def test_a_call_that_joins_a_ticket_needs_no_what() -> None:
    require_savable(CallSheet(1, "repair", "phone", OPENED, {}, customer_id=7, joins=8))


def test_the_gate_before_an_engineer_goes() -> None:
    require_dispatchable((), required=True, override="")
    require_dispatchable(("model",), required=False, override="")
    require_dispatchable(("model",), required=True, override="the head says so")
    with pytest.raises(Refused, match="not_ready") as gate:
        require_dispatchable(("model",), required=True, override=" ")
    assert gate.value.params["overridable"] is True


@given(ANSWERS)
def test_the_read_back_holds_every_answer_once_in_speaking_order(answers: dict[Field, str]) -> None:
    said = read_back(answers)
    names = [name for name, _ in said]
    assert names == [name for name in Field if answers.get(name, "").strip()]
    assert all(text == text.strip() for _, text in said)
