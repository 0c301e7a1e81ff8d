"""A chunk is read while the one before is written: in order, once, and what is wrong with it is told when it is due."""

import threading
from collections.abc import Iterator

import pytest

from aftersales_tui.desk.importing.ahead import Ahead
from aftersales_tui.domain.errors import Invalid


def test_pieces_come_in_order_whether_they_were_begun_or_not() -> None:
    pieces, done_by = iter(range(5)), []

    def work() -> int:
        done_by.append(threading.current_thread().name)
        return next(pieces)

    ahead = Ahead(work)
    assert ahead.take() == 0
    ahead.begin()
    ahead.begin()
    assert [ahead.take(), ahead.take()] == [1, 2]
    ahead.begin()
    assert ahead.take() == 3
    here = threading.current_thread().name
    assert done_by == [here, "ahead", here, "ahead"]


def test_what_goes_wrong_ahead_is_told_to_whoever_takes_it_and_the_next_piece_can_be_done() -> None:
    fates: Iterator[Invalid | str] = iter([Invalid("import.torn"), "whole"])

    def work() -> str:
        fate = next(fates)
        if isinstance(fate, Invalid):
            raise fate
        return fate

    ahead = Ahead(work)
    ahead.begin()
    with pytest.raises(Invalid, match=r"import\.torn"):
        ahead.take()
    ahead.begin()
    assert ahead.take() == "whole"
