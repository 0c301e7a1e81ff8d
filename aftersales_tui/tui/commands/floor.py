"""Commands of the front room: register, messages, visitors, handover book."""

from aftersales_tui.tui.commands.command import Command

REGISTER = "register"
MESSAGES = "messages"
VISITORS = "visitors"
HANDOVER = "handover"
BOOK = "book"
"""What visitors and handover book share: their lines are no tickets."""

ON_FLOOR = (
    Command("register_filter", "f", REGISTER),
    Command("register_print", "w", REGISTER),
    Command("passed_on", "g", MESSAGES, twin="ctrl+g"),
    Command("message_filter", "f", MESSAGES),
    Command("visitor_walk_in", "w", VISITORS),
    Command("visitor_announce", "n", VISITORS),
    Command("visitor_arrive", "a", VISITORS),
    Command("visitor_receive", "r", VISITORS),
    Command("visitor_leave", "l", VISITORS),
    Command("visitor_call", "c", VISITORS),
    Command("visitor_off", "x", VISITORS),
    Command("visitor_ticket", "g", VISITORS, twin="ctrl+g"),
    Command("visitor_day", "f", VISITORS),
    Command("handover_take", "t", HANDOVER),
    Command("handover_take_note", "e", HANDOVER),
    Command("handover_note", "n", HANDOVER),
    Command("take_back", "u", BOOK),
)
