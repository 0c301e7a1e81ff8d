"""A call of one line that comes back to a repair of the last days (C10)."""

from aftersales_tui.bootstrap import console_of
from tests.desk.day import Day


def test_a_repeat_is_told_before_a_call_in_one_line_is_saved_and_can_be_linked(day: Day) -> None:
    first = day.outcome(day.sent(), "solved")
    console, line = console_of(day.desk), "+ 13800138000 又不制冷"
    (seen,) = console.preview(line)
    (said,) = console.run(day.desk.act, line)
    for error in (seen.error, said.error):
        assert error is not None
        assert (error.code, error.params["number"]) == ("call.repeat", first.number)
    (said,) = console.run(day.desk.act, f"{line} ! T-{first.number} 同一处")
    assert day.desk.dispatch.ticket(said.ticket_id).repeat_of == first.ticket_id
    (said,) = console.run(day.desk.act, line)
    assert said.error is not None
    assert said.error.code == "call.same_open"
    (said,) = console.run(day.desk.act, f"{line} ! 2 machines")
    assert day.desk.dispatch.ticket(said.ticket_id).repeat_of == 0
