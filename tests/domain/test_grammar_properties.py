"""Whatever is typed is taken apart or refused with a code, and a long form is read back as it was written."""

from hypothesis import given, settings
from hypothesis import strategies as st

from aftersales_tui.domain.errors import DomainError
from aftersales_tui.domain.grammar import VERBS, Kind, parse, parse_words, place, spell
from aftersales_tui.lexicon.verbs import load_vocabulary
from aftersales_tui.paths import data_dir

WORDS = load_vocabulary(data_dir() / "words" / "verbs.toml")
SIGNS = st.sampled_from(
    [
        *list('abmcsor+?!;:."“”「」、，；：！？ \u3000\t\n王派态1042９'),
        "engineer:",
        "window:",
        "T-1",
        "fri 9-11",
        " ! ",
    ]
)
TYPED = st.one_of(st.text(), st.lists(SIGNS, max_size=24).map("".join))
PIECES = st.lists(TYPED, max_size=6)


def some(kind: Kind, text: str) -> int:
    """A date reader that takes something else each time, from nothing to all."""
    return len(text) % 5 if kind is not Kind.HAPPENED else min(len(text), 3)


@given(TYPED)
@settings(max_examples=400)
def test_a_line_is_read_or_refused_with_a_code(text: str) -> None:
    for lead in (None, some):
        try:
            line = parse(text, WORDS) if lead is None else parse(text, WORDS, lead)
        except DomainError as error:
            assert error.code.startswith(("grammar.", "when."))
        else:
            for step in line.steps:
                for piece in step.given.values():
                    assert 0 <= piece.start <= piece.end <= len(text)


@given(TYPED)
@settings(max_examples=400)
def test_a_step_written_in_its_long_form_is_the_same_step(text: str) -> None:
    try:
        line = parse(text, WORDS, some)
    except DomainError:
        return
    for step in line.steps:
        assert parse(spell(step), WORDS).steps == (step,), spell(step)


@given(TYPED, st.integers(0, 80))
@settings(max_examples=300)
def test_the_cursor_stands_somewhere_in_every_line(text: str, cursor: int) -> None:
    found = place(text, cursor, WORDS, some)
    for slot in found.slots:
        assert 0 <= slot.start <= found.end <= len(text)


@given(st.sampled_from([verb.id for verb in VERBS]), PIECES)
def test_words_of_a_shell_are_read_or_refused(verb: str, given_words: list[str]) -> None:
    try:
        line = parse_words(verb, given_words, WORDS, some)
    except DomainError as error:
        assert error.code.startswith(("grammar.", "when."))
    else:
        assert all(parse(spell(step), WORDS).steps == (step,) for step in line.steps)
