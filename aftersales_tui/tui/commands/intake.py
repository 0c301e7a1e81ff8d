"""Commands of the form on which a call is taken (F2)."""

from aftersales_tui.tui.commands.command import Command

INTAKE = "intake"
PAD = "memo_pad"
QUESTIONS = ("who", "where", "what", "how_many", "when", "why", "degree")
"""The names of ``domain.intake.Question``, which takes longer to import than all the commands; a test compares them."""
TO_FAULT = Command("to_fault", "ctrl+z", INTAKE, show=False, priority=True)
"""Named here, for the form tells its key where it is needed."""

ON_INTAKE = (
    Command("promise", "ctrl+y", INTAKE, priority=True),
    Command("memo_pad", "ctrl+g", INTAKE, priority=True),
    Command("hold", "ctrl+r", INTAKE, priority=True),
    Command("kind", "ctrl+k", INTAKE, priority=True),
    Command("park", "ctrl+n", INTAKE, priority=True),
    Command("next_parked", "ctrl+t", INTAKE, priority=True),
    Command("asked", "ctrl+d", INTAKE, priority=True),
    Command("channel", "ctrl+x", INTAKE, priority=True),
    *(Command(f"question.{question}", "", INTAKE, show=False) for question in QUESTIONS),
    Command("came", "", INTAKE, show=False),
    TO_FAULT,
    Command("forget_caller", "ctrl+b", INTAKE, show=False, priority=True),
    Command("drop_call", "ctrl+w", INTAKE, show=False, priority=True),
    Command("close_pad", "ctrl+g", PAD, show=False, priority=True, palette=False),
)
