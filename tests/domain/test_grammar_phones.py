"""Where a phone number ends that is written with blanks, and the words behind it begin (C3)."""

from datetime import UTC, datetime, timedelta

from aftersales_tui.domain.errors import DomainError
from aftersales_tui.domain.grammar import Kind, parse
from aftersales_tui.domain.when import happened, lead, moment, window
from aftersales_tui.lexicon.verbs import load_vocabulary
from aftersales_tui.lexicon.words import load_words
from aftersales_tui.paths import data_dir

WORDS = load_words(data_dir() / "words")
VERBS = load_vocabulary(data_dir() / "words" / "verbs.toml")
NOW = datetime(2026, 11, 25, 13, 45, tzinfo=UTC)


def is_date(kind: Kind, text: str) -> bool:
    try:
        if kind is Kind.HAPPENED:
            happened(text, NOW, UTC, WORDS)
        elif kind is Kind.MOMENT:
            moment(text, NOW, UTC, WORDS)
        else:
            window(text, NOW, UTC, WORDS, timedelta(hours=2))
    except DomainError as error:
        return error.code != "when.not_understood"
    return True


def dates(kind: Kind, text: str) -> int:
    return lead(text, lambda said: is_date(kind, said), WORDS)


def test_a_number_written_with_blanks_ends_where_the_words_behind_it_begin() -> None:
    for phone, fault in (
        ("13766677788", "3 days ago"),
        ("137 6667 7788", "3 days ago"),
        ("137 6667 7788", "3 days ago it leaks"),
        ("137-6667-7788", "10 minutes ago"),
        ("+86 137 6667 7788", "2 weeks ago"),
        ("8345 1234", "3 days ago dead"),
        ("025 8345 1234", "2 hours ago dead"),
        ("025 8345 1234 12", "3 days ago dead"),
        ("137 6667 7788", "3天前漏水"),
        ("137 6667 7788", "3 天前 漏水"),
        ("137 6667 7788", "2個月前壞的"),
        ("137 6667 7788", "昨天下午3点坏的"),
        ("137 6667 7788", "2 taps leak"),
        ("0932 345 678", "3 days ago"),
        ("137 6667 7788", "leaks since 3 days"),
        ("137 6667 7788", ""),
        ("0571 8000 0147 801", ""),
        ("+33 1 42 68 53 00", ""),
        ("(025) 8345 1234", "漏水"),
    ):
        (step,) = parse(f"+ {phone} {fault}".strip(), VERBS, dates).steps
        told = {name: piece.text for name, piece in step.given.items()}
        assert told == {"phone": phone, **({"fault": fault} if fault else {})}, (phone, fault)
