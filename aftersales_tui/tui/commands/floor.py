"""Commands of the front room: register, messages, visitors, handover book."""

from aftersales_tui.tui.commands.command import Command

REGISTER = "register"
MESSAGES = "messages"
VISITORS = "visitors"
HANDOVER = "handover"

ON_FLOOR = (
    Command("register_filter", "f", REGISTER),
    Command("register_print", "w", REGISTER),
    Command("passed_on", "g", MESSAGES, twin="ctrl+g"),
    Command("message_filter", "f", MESSAGES),
    Command("visitor_walk_in", "w", VISITORS),
    Command("visitor_announce", "n", VISITORS),
    Command("visitor_arrive", "i", VISITORS),
    Command("visitor_receive", "g", VISITORS),
    Command("visitor_leave", "l", VISITORS),
    Command("visitor_call", "C", VISITORS),
    Command("visitor_ticket", "ctrl+g", VISITORS),
    Command("visitor_off", "", VISITORS),
    Command("visitor_day", "f", VISITORS),
    Command("handover_take", "T", HANDOVER),
    Command("handover_take_note", "g", HANDOVER, twin="ctrl+g"),
    Command("handover_note", "n", HANDOVER),
)
"""Letters of the verbs on a ticket are none of theirs: such verbs work on every list that has tickets."""
