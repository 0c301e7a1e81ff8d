"""What holds for every text, instant and zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from aftersales_tui.domain.calendar import wall_instant
from aftersales_tui.domain.errors import DomainError
from aftersales_tui.domain.when import day, happened, moment, suggestions, window
from aftersales_tui.lexicon.words import load_words
from aftersales_tui.paths import data_dir

WORDS = load_words(data_dir() / "words")
HOUR = timedelta(hours=1)
# A busy machine is no failure.
UNHURRIED = settings(deadline=None)
ZONES = st.sampled_from(
    [ZoneInfo(name) for name in ("Asia/Shanghai", "Asia/Taipei", "Europe/Berlin", "America/New_York")]
    + [ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Pacific/Apia"), UTC]
)
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
SPELLINGS = sorted(word for words in WORDS.spellings.values() for word in words)
PIECES = st.one_of(
    st.sampled_from(SPELLINGS),
    st.integers(0, 3000).map(str),
    st.sampled_from([" ", "-", ":", "/", ".", "+", "点", "月", "号", "半", "年"]),
)
TEXTS = st.one_of(st.text(max_size=100), st.lists(PIECES, max_size=8).map("".join))


@UNHURRIED
@given(TEXTS, INSTANTS, ZONES)
def test_any_text_is_an_instant_to_come_or_a_refusal(text: str, now: datetime, zone: ZoneInfo) -> None:
    try:
        due = moment(text, now, zone, WORDS)
    except DomainError:
        return
    assert due.tzinfo is UTC
    assert due >= now


@UNHURRIED
@given(TEXTS, INSTANTS, ZONES)
def test_any_text_is_a_window_that_is_not_over_or_a_refusal(text: str, now: datetime, zone: ZoneInfo) -> None:
    try:
        found = window(text, now, zone, WORDS, HOUR)
    except DomainError:
        return
    assert found.end > now
    assert found.length > timedelta(0)


@UNHURRIED
@given(TEXTS, INSTANTS, ZONES)
def test_any_text_is_a_date_behind_us_or_a_refusal(text: str, now: datetime, zone: ZoneInfo) -> None:
    for understand in (day, happened):
        try:
            found = understand(text, now, zone, WORDS)
        except DomainError:
            continue
        if isinstance(found, datetime):
            assert found <= now
        else:
            assert found.date <= now.astimezone(zone).date()


@UNHURRIED
@given(INSTANTS, INSTANTS, ZONES)
def test_an_instant_written_out_is_read_back(some: datetime, other: datetime, zone: ZoneInfo) -> None:
    now, then = sorted((some, other))
    wall = then.astimezone(zone)
    written = wall_instant(wall.date(), wall.hour * 60 + wall.minute, zone)
    if written < now:
        return
    for form in ("{:%Y-%m-%d %H:%M}", "{:%Y/%m/%d %H:%M}", "{:%Y年%m月%d日 %H点%M分}", "{:%d %B %Y %H:%M}"):
        assert moment(form.format(wall), now, zone, WORDS) == written


@UNHURRIED
@given(INSTANTS, st.integers(1, 23), st.integers(0, 59), ZONES)
def test_a_window_written_out_is_read_back(now: datetime, hours: int, minute: int, zone: ZoneInfo) -> None:
    tomorrow = now.astimezone(zone).date() + timedelta(days=2)
    start, end = wall_instant(tomorrow, 1, zone), wall_instant(tomorrow, hours * 60 + minute, zone)
    if end <= start:
        return
    found = window(f"{tomorrow} 00:01-{hours:02}:{minute:02}", now, zone, WORDS, HOUR)
    assert (found.start, found.end) == (start, end)


@UNHURRIED
@given(st.dates(date(1950, 1, 1), date(2026, 1, 1)))
def test_a_purchase_date_written_out_is_read_back(bought: date) -> None:
    now = datetime(2026, 11, 25, 12, tzinfo=UTC)
    for form in ("{:%Y-%m-%d}", "{:%Y%m%d}", "{:%Y年%m月%d日}", "{:%B %d, %Y}"):
        found = day(form.format(bought), now, UTC, WORDS)
        assert (found.date, found.precision) == (bought, "day")


@UNHURRIED
@given(TEXTS)
def test_every_offer_goes_on_from_what_was_typed(text: str) -> None:
    for offer in suggestions(text, WORDS):
        assert offer.startswith(text)
        assert len(offer) > len(text)
