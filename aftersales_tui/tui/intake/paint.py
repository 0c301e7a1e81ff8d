"""What the form says about itself: labels, the sentence to say, the line at the bottom."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo

from aftersales_tui.domain.customer import form_of_address
from aftersales_tui.domain.intake import (
    BOXES,
    FACT_FIELDS,
    Fact,
    Field,
    Question,
    fields_of,
)
from aftersales_tui.i18n import say
from aftersales_tui.lexicon.scripts import Script
from aftersales_tui.tui.intake.call import FOR_WHOM, MESSAGE, Call
from aftersales_tui.tui.intake.standing import far, lacking, put, wrong
from aftersales_tui.tui.says import instant_word
from aftersales_tui.tui.widgets.cells import cell_len, fit
from aftersales_tui.tui.widgets.lines import TextLine, folded

QUESTION_WIDTH, LABEL_WIDTH = 10, 10
GAP = " | "
FACT_OF: Mapping[Field, Fact] = {name: fact for fact, name in FACT_FIELDS.items()}
DO_NOT = "do_not"
"""In the place of a prompt: one of the ten do-nots, another one for each call."""
_ROTATION = ("greeting", "late", "bad_line", "request", DO_NOT, "hold", "far", "callback")
STOPWATCH = timedelta(hours=1)
"""An older call is no longer being timed: it is shown when it came."""


def question_of(box: str) -> Question:
    """The question a box belongs to."""
    return Question.WHO if box == FOR_WHOM else BOXES[Field(box)].question


def box_word(box: str, kind: str) -> str:
    """A box's label; in a message slip the fault is the words and the wish the time of the callback."""
    if kind == MESSAGE and box in (Field.FAULT, Field.WHEN_WANTED):
        return say(f"intake.slip.{box}")
    return say(f"field.{box}")


def labels(call: Call, shown: Sequence[str], with_questions: bool) -> dict[str, TextLine]:
    """The labels of the boxes in sight.

    In front of a question ``+`` when it was put; in front of a box ``?`` for a fact that is missing, ``!`` for one
    that cannot be right, ``*`` for one that came from the file and is to be confirmed; ``=`` for an address that is
    the file's, ``!`` for one that differs from it.

    Args:
        call: The call.
        shown: The boxes that can be seen, from top to bottom.
        with_questions: Whether there is room for the questions' names.
    """
    done, marks = put(call), _marks(call)
    here = question_of(call.here)
    lines: dict[str, TextLine] = {}
    named: set[Question] = set()
    for box in shown:
        question = question_of(box)
        mark = marks.get(box, (" ", ""))
        lead = ("+" if question in done else " ") if question not in named else " "
        name = say(f"question.{question}") if question not in named and with_questions else ""
        named.add(question)
        head = fit(lead + name, QUESTION_WIDTH if with_questions else 1)
        look = "strong" if question is here else "good" if question in done else ""
        label = fit(box_word(box, call.sheet.kind), LABEL_WIDTH)
        lines[box] = ((head, look), mark, (label, "strong" if box == call.here else ""))
    return lines


def _marks(call: Call) -> dict[str, tuple[str, str]]:
    """What stands in front of the boxes of which there is something to say; what says more comes last."""
    marks: dict[str, tuple[str, str]] = {FACT_FIELDS[fact]: ("?", "soon") for fact in lacking(call)}
    if call.sheet.kind == MESSAGE and not call.text(FOR_WHOM).strip():
        marks[FOR_WHOM] = ("?", "soon")
    marks |= {FACT_FIELDS[fact]: ("!", "late") for fact in wrong(call)}
    if call.same_place is not None:
        marks[Field.ADDRESS] = ("=", "good") if call.same_place else ("!", "late")
    return {**marks, **dict.fromkeys(call.unconfirmed, ("*", "soon"))}


def manner(call: Call, script: Script, now: datetime, hold_warning: timedelta | None) -> str:
    """The short prompt that fits the moment (C5)."""
    waiting = call.hold.running(now)
    if call.hold.since:
        name = "hold_over" if hold_warning is not None and waiting >= hold_warning else "hold"
    elif not lacking(call):
        name = "closing"
    else:
        name = _ROTATION[len(put(call)) % len(_ROTATION)]
    form = _form(call)
    if name == "greeting" and form:
        return script.addressed["greeting"].replace("{form}", form)
    if name == DO_NOT:
        return script.do_nots[call.sheet.call_id % len(script.do_nots)]
    return script.manners[name]


def addressed(call: Call, script: Script, question: Question, sentence: str) -> str:
    """A sentence as it is said to this caller: with his form of address, where his file tells it (U1)."""
    form = _form(call)
    if not form:
        return sentence
    way = script.addressed["who" if question is Question.WHO else "sentence"]
    return way.replace("{form}", form).replace("{sentence}", sentence)


def _form(call: Call) -> str:
    """How the caller is addressed, as his file says; empty where nobody has told."""
    file = call.file
    return form_of_address(file.people, file.name, call.text(Field.CALLER)) if file else ""


def filled(text: str, company: str, department: str) -> str:
    """A sentence of the script with the shop's names in it."""
    return text.replace("{company}", company).replace("{department}", department)


def prompts(call: Call, script: Script, first: str, width: int, height: int) -> Iterator[TextLine]:
    """The lines above the form: a prompt, the sentence to say, what a good answer holds and fills.

    Args:
        call: The call.
        script: In the present language.
        first: The short prompt; left out where there is room for one line only.
        width: In cells.
        height: In lines.
    """
    question = question_of(call.here)
    slip = script.slip.get(call.here) if call.sheet.kind == MESSAGE else None
    prompt = slip or script.questions[question]
    alone = not slip and _is_asked_alone(call, question)
    plain = script.asks[FACT_OF[Field(call.here)]] if alone else prompt.say
    sentence = addressed(call, script, question, plain)
    if height > 1:
        yield ((fit(f" {first}", width), "dim"),)
    word = say(f"question.{question}")
    yield ((f" {word}: ", "strong"), (fit(sentence, width - cell_len(word) - 3), "strong"))
    if height > 2:
        filling = () if slip else fields_of(question)
        facts = [say(f"fact.{FACT_OF[name]}") for name in filling if name in FACT_OF]
        good = say("intake.good", what=prompt.good)
        if facts:
            good += GAP + say("intake.fills", facts=", ".join(facts))
        for line in folded(good, width - 2)[: height - 2]:
            yield ((f" {line}", ""),)


def _is_asked_alone(call: Call, question: Question) -> bool:
    """Whether the question was put and only the fact of this box is to be asked now."""
    if call.here == FOR_WHOM or question not in put(call):
        return False
    return FACT_OF.get(Field(call.here)) in lacking(call)


def clock(span: timedelta) -> str:
    """A stretch as ``m:ss``."""
    seconds = max(0, int(span.total_seconds()))
    return f"{seconds // 60}:{seconds % 60:02d}"


def bar(
    call: Call,
    parked: int,
    most: int | None,
    now: datetime,
    zone: tzinfo,
    hold_warning: timedelta | None,
) -> TextLine:
    """The line at the bottom: how far the call has come, the clocks, what kind of call it is (C1, C14)."""
    come, lasts = far(call), now - call.sheet.opened_at
    key = "intake.bar_slip" if call.sheet.kind == MESSAGE else "intake.bar"
    counts = say(key, asked=come.asked, questions=come.questions, known=come.known, facts=come.facts)
    came = instant_word(call.sheet.opened_at, now, zone)
    time = clock(lasts) if lasts < STOPWATCH else say("intake.came", at=came)
    pieces = [(f" {counts}", "strong"), (GAP + time, "")]
    if call.hold.since:
        waiting = call.hold.running(now)
        late = hold_warning is not None and waiting >= hold_warning
        word = say("intake.hold", time=clock(waiting)) + (" !" if late else "")
        pieces += [(GAP, ""), (word, "late" if late else "soon")]
    direction = "outgoing" if call.sheet.outgoing else call.sheet.channel
    pieces.append((GAP + say(f"kind.{call.sheet.kind}") + GAP + say(f"channel.{direction}"), ""))
    if parked:
        word = (
            say("intake.parked", n=parked) if most is None else say("intake.parked_of", n=parked, most=most)
        )
        pieces += [(GAP, ""), (word, "soon")]
    if call.sheet.memo.strip():
        pieces.append((GAP + say("intake.has_memo"), "good"))
    return tuple(pieces)
