"""What a customer of the demo shop rings for, and what he says when he is asked by 5W2H."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from random import Random

from aftersales_tui.demo.book import Book, Errand, Product
from aftersales_tui.demo.town import Card, Owned

REPAIR = "repair"
NO_DEVICE = -1


@dataclass(frozen=True, slots=True)
class Wish:
    """One call before it is taken.

    Attributes:
        device: Which of the caller's devices it is about; ``NO_DEVICE`` for none of them.
        product: Id of the product; empty where the call is about no device.
        answers: What he says, by the name of the field.
        done: What is written when it is done.
        part: What it may wait for.
        for_whom: Whom a message is for.
    """

    card: Card
    kind: str
    device: int
    product: str
    answers: Mapping[str, str]
    done: str
    part: str = ""
    for_whom: str = ""


def repair(book: Book, card: Card, rng: Random, device: int) -> Wish:
    """A device of his does not work."""
    owned = card.devices[device]
    fault = rng.choice(owned.product.faults)
    answers = {
        **_person(card),
        **_device(card, owned),
        "fault": card.say(fault.said),
        "wanted": card.say(rng.choice(book.words["wanted"])),
        "when_wanted": card.say(rng.choice(book.words["when_wanted"])),
        "cause": card.say(rng.choice(book.words["cause"])),
        "degree": card.say(rng.choice(book.words["degree"])),
        "quantity": "1",
    }
    part = card.say(owned.product.part)
    return Wish(card, REPAIR, device, owned.product.id, answers, card.say(fault.done), part)


def errand(book: Book, card: Card, rng: Random, wanted: Errand, at: datetime, zone: tzinfo) -> Wish:
    """He rings for something else, about a device of his if he has such a one, else about a new one."""
    answers = {
        **_person(card),
        "fault": card.say(wanted.said),
        "wanted": card.say(wanted.wanted),
        "when_wanted": card.say(rng.choice(book.words["when_wanted"])),
    }
    device = NO_DEVICE
    if wanted.product:
        product = book.products[wanted.product]
        device = next((n for n, one in enumerate(card.devices) if one.product is product), NO_DEVICE)
        owned = card.devices[device] if device >= 0 else _new(product, rng, at, zone)
        answers |= _device(card, owned)
    done, part = card.say(wanted.answer), card.say(rng.choice(book.words["waiting"]))
    return Wish(card, wanted.kind, device, wanted.product, answers, done, part, wanted.for_whom)


def _new(product: Product, rng: Random, at: datetime, zone: tzinfo) -> Owned:
    return Owned(product, rng.choice(product.models), "", at.astimezone(zone).date())


def _person(card: Card) -> dict[str, str]:
    said = {"caller": card.name, "phone": card.phone, "address": card.address, "zone": card.zone}
    if card.mobile:
        said["mobile"] = card.mobile
    return said


def _device(card: Card, owned: Owned) -> dict[str, str]:
    said = {
        "product": card.say(owned.product.word),
        "model": owned.model,
        "bought": card.bought(owned),
    }
    if owned.serial:
        said["serial"] = owned.serial
    return said
