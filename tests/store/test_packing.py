"""Many ids in few characters."""

from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.identity import new_id
from aftersales_tui.store.packing import packed, unpacked
from tests.stores import MONDAY_TEN


@given(st.sets(st.integers(0, (1 << 63) - 1), max_size=50))
def test_what_was_packed_comes_back(ids: set[int]) -> None:
    assert unpacked(packed(ids)) == sorted(ids)


def test_thousands_of_ids_take_some_eleven_characters_each() -> None:
    from datetime import timedelta

    ids = [new_id(MONDAY_TEN - timedelta(hours=7 * n), n * 7919) for n in range(5000)]
    assert len(packed(ids)) < 11.5 * len(ids)
