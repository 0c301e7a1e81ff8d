"""The desk's rooms are named in words; each name must lead somewhere."""

from aftersales_tui.desk.desk import Desk, Room
from tests.desk.day import Day


def test_every_room_of_the_desk_is_what_its_name_says(day: Day) -> None:
    rooms = {name: told for name, told in Desk.__annotations__.items() if name in vars(Desk)}
    assert rooms.keys() == {name for name, room in vars(Desk).items() if isinstance(room, Room)}
    for name, told in rooms.items():
        room = getattr(day.desk, name)
        assert told == f"Room[{type(room).__name__}]"
        assert getattr(day.desk, name) is room
