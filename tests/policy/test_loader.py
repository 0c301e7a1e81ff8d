"""The rule files: shipped defaults, a shop's overlay, and sentences for what is wrong."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from aftersales_tui.domain.contact import Effect
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.intake import Fact
from aftersales_tui.domain.promise import Allowance
from aftersales_tui.domain.ticket import Status
from aftersales_tui.policy.calendars import calendars
from aftersales_tui.policy.loader import load_policy

KINDS = (
    "repair installation maintenance use_advice complaint enquiry parts_supply exchange_return training "
    "sample_test paid_delivery promotion_plan new_dealer use_guidance suggestion recall message internal"
)
HOURS_4, HOURS_24 = Allowance(timedelta(hours=4)), Allowance(timedelta(hours=24))
ZONE = ZoneInfo("Asia/Shanghai")


def overlay(folder: Path, name: str, text: str) -> Path:
    (folder / f"{name}.toml").write_text(text, "utf-8")
    return folder


def refusal(folder: Path, name: str, text: str) -> Invalid:
    with pytest.raises(Invalid) as caught:
        load_policy(overlay(folder, name, text))
    assert str(caught.value.params["file"]).endswith(f"{name}.toml")
    return caught.value


@pytest.mark.parametrize(
    ("clock_id", "allowance", "basis"),
    [
        ("P1", HOURS_4, "always"),
        ("P2", HOURS_24, "always"),
        ("P4_answer", HOURS_24, "always"),
        ("P4_close", Allowance(months=1), "always"),
        ("P5", Allowance(timedelta(hours=2)), "business"),
        ("P7_sample", HOURS_24, "always"),
        ("P7_training", Allowance(months=1), "always"),
        ("P7_goods", Allowance(days=2), "always"),
        ("P7_promotion", Allowance(days=20), "always"),
        ("P7_dealer", Allowance(days=10), "always"),
        ("P7_guidance", Allowance(days=10), "always"),
        ("H1", Allowance(timedelta(hours=1)), "business"),
    ],
)
def test_the_shipped_promises(clock_id: str, allowance: Allowance, basis: str) -> None:
    clock = load_policy().clock(clock_id)
    assert (clock.id, clock.allowance, clock.basis) == (clock_id, allowance, basis)


def test_assigning_never_stops_the_repair_clock() -> None:
    clock = load_policy().clock("P2")
    assert Status.WORKING in clock.stops
    assert not {Status.ASSIGNED, Status.ON_THE_ROAD} & clock.stops
    assert {Status.WAITING_CUSTOMER, Status.WAITING_PART} <= clock.pauses_in


def test_every_kind_of_call_has_a_clock_and_steps() -> None:
    policy = load_policy()
    assert set(policy.kinds) == set(KINDS.split())
    for kind in policy.kinds.values():
        assert kind.clocks
        assert kind.steps
        assert ("dispatch" in kind.steps) <= kind.visit
        assert all("reported" in policy.clock(clock_id).starts for clock_id in kind.clocks)
    assert policy.kind("enquiry").steps[0] == "answered"
    assert policy.kind("repair").steps[0] == "queue"


def test_what_holds_before_dispatch() -> None:
    rules = load_policy().dispatch
    assert rules.require_before_dispatch
    assert rules.facts == tuple(Fact)
    assert rules.repeat_within == timedelta(days=30)
    assert rules.assign_by == "any"


@pytest.mark.parametrize(
    ("outcome_id", "status", "about"),
    [
        ("solved", Status.SOLVED, "after_repair"),
        ("inspected_only", Status.INSPECTED, "decide_repair"),
        ("second_visit", Status.NEW, None),
        ("nobody_home", Status.WAITING_CUSTOMER, "re_agree"),
        ("refused", Status.CLOSED, "supervisor"),
    ],
)
def test_outcomes_lead_on(outcome_id: str, status: Status, about: str | None) -> None:
    outcome = load_policy().outcome(outcome_id)
    assert outcome.status is status
    assert (outcome.contact.about if outcome.contact else None) == about
    if outcome.contact:
        assert outcome.contact.reason in load_policy().reasons
        assert outcome.contact.rule == f"V3.{outcome_id}"


def test_contacts_and_calls() -> None:
    policy = load_policy()
    callback, check = policy.reason("callback"), policy.reason("advice_check")
    assert [result.id for result in callback.results[:2]] == ["reached", "still_faulty"]
    assert callback.result("still_faulty").effect is Effect.REOPEN
    assert check.result("does_not").effect is Effect.VISIT
    assert check.retry.last is Effect.ASK_SUPERVISOR
    assert (policy.advice.rule, policy.advice.reason) == ("P5", "advice_check")
    assert (policy.call.hold_warning, policy.call.parked) == (timedelta(seconds=30), 2)


def test_a_shops_own_file_wins_key_by_key(tmp_path: Path) -> None:
    shipped = load_policy()
    own = load_policy(overlay(tmp_path, "promises", '[P2]\nallowance = "8h"\nbasis = "business"\n'))
    assert own.clock("P2").allowance == Allowance(timedelta(hours=8))
    assert own.clock("P2").stops == shipped.clock("P2").stops
    assert own.clock("P1") == shipped.clock("P1")
    assert own.digest != shipped.digest


def test_the_digest_is_of_the_rules_and_not_of_the_comments(tmp_path: Path) -> None:
    assert load_policy().digest == load_policy(tmp_path).digest
    same = overlay(tmp_path, "promises", '# as shipped\n[P2]\nallowance = "24h"\n')
    assert load_policy(same).digest == load_policy().digest
    assert len(load_policy().digest) == 64


def test_the_check_after_advice_takes_the_time_of_its_clock(tmp_path: Path) -> None:
    own = load_policy(overlay(tmp_path, "promises", '[P5]\nallowance = "3h"\n'))
    assert own.advice.after == Allowance(timedelta(hours=3))


def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "dispatch.toml").write_bytes(b'\xef\xbb\xbfassign_by = "head"\r\n')
    assert load_policy(tmp_path).dispatch.assign_by == "head"


@pytest.mark.parametrize(
    ("name", "text", "key", "nearest"),
    [
        ("promises", "[P22]\n", "P22", "P2"),
        ("promises", '[P2]\nalowance = "2h"\n', "P2.alowance", "allowance"),
        ("hours", "[week]\nmonday = []\n", "week.monday", "mon"),
        ("kinds", "[repairs]\nvisit = false\n", "repairs", "repair"),
        ("dispatch", "zzz = 1\n", "zzz", None),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_known_one(
    tmp_path: Path, name: str, text: str, key: str, nearest: str | None
) -> None:
    error = refusal(tmp_path, name, text)
    assert (error.code, error.params["key"]) == ("policy.unknown_key", key)
    assert error.params["nearest"] == nearest or (nearest is None and error.params["nearest"])


@pytest.mark.parametrize(
    ("name", "text", "key", "why"),
    [
        ("promises", '[P2]\nallowance = "soon"\n', "P2.allowance", "4h"),
        ("promises", '[P2]\nallowance = "0h"\n', "P2.allowance", "4h"),
        ("promises", '[P2]\nbasis = "nights"\n', "P2.basis", "business, always"),
        ("promises", '[P2]\nstop = ["asigned"]\n', "P2.stop.0", "assigned"),
        ("promises", 'P2 = "24h"\n', "P2", "[table]"),
        ("kinds", '[repair]\nclocks = ["P9"]\n', "repair.clocks", "P1, P2"),
        ("kinds", '[enquiry]\nsteps = ["dispatch"]\n', "enquiry.steps", "visit = true"),
        ("kinds", '[enquiry]\nsteps = ["queue", "queue"]\n', "enquiry.steps", "[queue]"),
        ("kinds", "[enquiry]\nsteps = []\n", "enquiry.steps", "[...]"),
        ("kinds", '[repair]\nvisit = "yes"\n', "repair.visit", "true, false"),
        ("hours", '[week]\nmon = ["12:00-08:00"]\n', "week.mon", "08:30-12:00"),
        ("hours", '[week]\nmon = ["8-12"]\n', "week.mon", "08:30-12:00"),
        ("hours", '[overrides]\nsometime = ["08:00-09:00"]\n', "overrides.sometime", "2027-02-08"),
        ("hours", 'country = "China"\n', "country", "CN"),
        ("hours", "calling = []\n", "calling", "08:00-21:00"),
        ("outcomes", '[solved]\nstatus = "done"\n', "solved.status", "solved"),
        ("outcomes", '[solved]\ncontact = "nobody"\n', "solved.contact", "after_repair"),
        ("outcomes", '[solved]\nclocks = ["X"]\n', "solved.clocks", "P1, P2"),
        ("contacts", '[callback]\nresults = ["reached"]\n', "callback.results.0", "reached"),
        ("contacts", '[callback]\nresults = ["kept>keep"]\n', "callback.results", "reopen"),
        ("contacts", '[sale_promise]\nresults = ["kept>close"]\n', "sale_promise.results", "keep"),
        ("contacts", '[periodic_contact]\nresults = ["reached>visit"]\n', "periodic_contact.results", "next"),
        ("contacts", '[quarterly]\nkinds = ["nothing"]\n', "quarterly.kinds", "use_guidance"),
        ("contacts", '[quarterly]\nevery = "0d"\n', "quarterly.every", "1mo"),
        ("contacts", "[retry]\ntries = 0\n", "retry.tries", ">= 1"),
        ("contacts", '[retry]\ntries = "3"\n', "retry.tries", "1, 2, 3"),
        ("contacts", "[retry]\nwaits = []\n", "retry.waits", ">= 1"),
        ("contacts", '[retry]\nnoon = "16:00"\n', "retry.noon", "morning < noon"),
        ("contacts", '[call]\nhold_warning = "1mo"\n', "call.hold_warning", "30s"),
        ("dispatch", 'facts = ["shoe_size"]\n', "facts.0", "name"),
    ],
)
def test_a_wrong_value_names_file_key_and_what_is_possible(
    tmp_path: Path, name: str, text: str, key: str, why: str
) -> None:
    error = refusal(tmp_path, name, text)
    assert (error.code, error.params["key"]) == ("policy.bad", key)
    assert why in str(error.params["why"])


def test_a_week_without_an_open_day_is_refused(tmp_path: Path) -> None:
    days = "\n".join(f"{day} = []" for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    assert refusal(tmp_path, "hours", f"[week]\n{days}\n").params["key"] == "week"


@pytest.mark.parametrize(("text", "line"), [("a = \n", 1), ("a = [1\n\n", 3), ("x = 1\n[P2\n", 2)])
def test_what_is_no_toml_names_the_line(tmp_path: Path, text: str, line: int) -> None:
    error = refusal(tmp_path, "promises", text)
    assert (error.code, error.params["line"]) == ("policy.not_toml", line)


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "hours.toml").write_bytes("# 营业时间\n".encode("gbk"))
    with pytest.raises(Invalid) as caught:
        load_policy(tmp_path)
    assert caught.value.code == "policy.unreadable"


def test_an_unknown_rule_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Invalid) as caught:
        load_policy().kind("repairs")
    assert caught.value.code == "policy.unknown"
    assert "repair" in tuple(caught.value.params["known"])  # type: ignore[arg-type]


def test_the_shops_hours_make_its_calendars(tmp_path: Path) -> None:
    own = load_policy(overlay(tmp_path, "hours", '[overrides]\n2026-10-02 = ["10:00-12:00"]\n'))
    time = calendars(own.hours, ZONE, "CN")
    holiday = datetime(2026, 10, 1, 9, tzinfo=ZONE).astimezone(UTC)
    assert time.business.next_open(holiday) == datetime(2026, 10, 2, 10, tzinfo=ZONE)
    assert time.always.next_open(holiday) == holiday
    assert time.of("business") is time.business
    evening = datetime(2026, 9, 29, 17, 30, tzinfo=ZONE).astimezone(UTC)
    assert time.contact_due(own.advice, evening) == datetime(2026, 9, 30, 10, tzinfo=ZONE)


def test_the_holidays_are_of_the_shops_country_unless_its_hours_say_otherwise(tmp_path: Path) -> None:
    assert calendars(load_policy().hours, ZONE, "TW").almanac.country == "TW"
    own = load_policy(overlay(tmp_path, "hours", 'country = "HK"\n'))
    assert calendars(own.hours, ZONE, "TW").almanac.country == "HK"


def test_a_year_without_a_list_is_told() -> None:
    time = calendars(load_policy().hours, ZONE, "CN")
    assert time.unknown_year(date(2026, 1, 1), date(2026, 12, 31)) is None
    assert time.unknown_year(date(2026, 1, 1), date(2099, 1, 1)) is not None


def test_pydantic_is_not_imported_before_a_policy_is_read() -> None:
    probe = (
        "import sys, aftersales_tui.policy.loader, aftersales_tui.policy.calendars;"
        "assert not {'pydantic', 'holidays', 'chinese_calendar'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", probe], check=True)


def test_the_rules_of_front_door_and_handover_are_the_shops(tmp_path: Path) -> None:
    policy = load_policy()
    assert (policy.visitors.late_after, policy.visitors.missed_kept) == (
        timedelta(minutes=15),
        timedelta(days=1),
    )
    assert (policy.handover.away, policy.handover.ahead) == (timedelta(hours=4), 2)
    overlay(tmp_path, "visitors", 'late_after = "5min"')
    mine = load_policy(overlay(tmp_path, "handover", "ahead = 1"))
    assert (mine.visitors.late_after, mine.handover.ahead) == (timedelta(minutes=5), 1)
    assert refusal(tmp_path, "handover", "ahead = 0").params["key"] == "ahead"
