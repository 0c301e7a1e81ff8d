"""Commands of the list of people, of a person's card, and of whoever is in hand on either."""

from aftersales_tui.tui.commands.command import Command

PEOPLE = "people"
PERSON = "person"

ON_PEOPLE = (
    Command("new_person", "n", PEOPLE),
    Command("filter_people", "f", PEOPLE),
)
ON_PERSON = (
    Command("time_off", "t", PERSON),
    Command("leave", "l", PERSON),
    Command("come_back", "w", PERSON),
)
