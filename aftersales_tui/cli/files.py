"""A customer's file as lines for people (``aftersales file``)."""

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo

from aftersales_tui.domain.customer import is_late
from aftersales_tui.i18n import say
from aftersales_tui.tui.says import instant_word
from aftersales_tui.tui.sentences import number_word
from aftersales_tui.tui.ticket.feed_words import deed_sentence
from aftersales_tui.views.customers import CustomerFile, DeviceCard, FileMoment, SalePromiseView


def file_lines(file: CustomerFile, now: datetime, zone: tzinfo) -> Iterator[str]:
    """Who he is, his people and numbers, addresses, devices, promises, notes."""
    tier = say(f"file.tier.{file.tier}") if file.tier else ""
    yield "  ".join(filter(None, (file.name, say(f"file.kind.{file.kind}"), tier)))
    if file.do_not_call:
        yield f"! {say('file.mark.do_not_call')}"
    if file.quiet:
        yield f"{say('file.field.quiet')}: {file.quiet}"
    if file.contact_months:
        yield f"{say('file.field.contact_months')}: {say('file.every', n=file.contact_months)}"
    if file.contact_at:
        yield f"{say('file.field.contact_at')}: {file.contact_at.astimezone(zone):%Y-%m-%d %H:%M}"
    if file.note:
        yield f"{say('file.field.note')}: {file.note}"
    for person in file.persons:
        role = say(f"file.role.{person.role}") if person.role else ""
        yield f"{say('part.person')}: {_joined(person.name, person.form, role, person.note)}"
    names = {person.person_id: person.name for person in file.persons}
    for phone in file.phones:
        yield f"{say('part.phone')}: {_joined(phone.typed, names.get(phone.person_id, ''), phone.label)}"
    for address in file.addresses:
        yield f"{say('part.address')}: {_joined(address.text, address.zone, address.route_note)}"
    for device in file.devices:
        yield f"{say('part.device')}: {_device(device)}"
    for promise in file.promises:
        yield f"{say('part.promise')}: {_promise(promise, now, zone)}"
    for note in file.notes:
        yield f"{note.written_at.astimezone(zone):%Y-%m-%d %H:%M}  {note.written_by}  {note.text}"
    yield f"{say('file.tab.tickets')}: {file.tickets}"


def moment_lines(moments: Iterable[FileMoment], zone: tzinfo) -> Iterator[str]:
    """His time line, the newest first; a line of a ticket names it, and what was undone says so."""
    for one in moments:
        row = one.row
        told = (
            f"{row.happened_at.astimezone(zone):%Y-%m-%d %H:%M}",
            row.who,
            number_word(one.number) if one.number else "",
            say("feed.undone") if row.undone else "",
            " ".join(deed_sentence(row, zone).split()),
        )
        yield "  ".join(filter(None, told))


def _device(device: DeviceCard) -> str:
    parts = (device.brand, device.product, device.model, device.serial, device.bought_on, device.place)
    papers = (
        f"{say(f'file.paper.{name}')} {number}"
        for name, number in (("invoice", device.invoice), ("certificate", device.certificate))
        if number
    )
    return _joined(*parts, *papers, device.note)


def _promise(promise: SalePromiseView, now: datetime, zone: tzinfo) -> str:
    due = instant_word(promise.due_at, now, zone) if promise.due_at else ""
    late = " !" if is_late(promise.due_at, promise.done_at, now) else ""
    kept = say("file.kept_on", day=f"{promise.done_at.astimezone(zone):%m-%d}") if promise.done_at else ""
    return _joined(say(f"file.what.{promise.what}"), promise.words, promise.device, due, kept) + late


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))
