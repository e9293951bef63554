"""The facets of a search as links: what can be chosen besides, and what is taken away again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.record.counting import Choice, Counts
from sayso.room.asked import LONGEST, Asked
from sayso.room.words import percent

_SURE = ("0.6", "0.8", "0.9")
_SAID = {"1": "said or written", "0": "thought, not said"}


@dataclass(frozen=True, slots=True)
class Link:
    """A choice. `told` is how many hits there are then; `key` names it on the page."""

    label: str
    told: str
    address: str
    chosen: bool
    key: str


@dataclass(frozen=True, slots=True)
class Facet:
    title: str
    links: tuple[Link, ...]


def facets(asked: Asked, counts: Counts) -> tuple[Facet, ...]:
    """Those that have something to choose."""
    sure = tuple(_sure(asked)) if counts.matched or asked.min_confidence else ()
    made = (
        Facet("Who says it", tuple(_people(asked, counts))),
        Facet("Whom it is about", tuple(_about(asked, counts))),
        Facet("Outlet", tuple(_listed(asked, counts, "outlet", counts.outlets))),
        Facet("Printed in", tuple(_years(asked, counts))),
        Facet("In whose words", tuple(_listed(asked, counts, "type", counts.types))),
        Facet("Said or thought", tuple(_said(asked, counts))),
        Facet("Whose name", tuple(_unnamed(asked, counts))),
        Facet("How sure", sure),
    )
    return tuple(facet for facet in made if facet.links)


def _told(hits: int, counts: Counts) -> str:
    """How many, and that there may be more where not all were counted."""
    return f"{hits:,}" if counts.complete else f"{hits:,}+"


def _people(asked: Asked, counts: Counts) -> Iterator[Link]:
    numbers = {counts.people[name][0]: name for name in asked.by if name in counts.people}
    told = {choice.value for choice in counts.by}
    for name in asked.by:
        number, label = counts.people.get(name, (name, name))
        if number not in told:
            yield Link(label, "", asked.toggled("by", name), True, f"by-{number}")
    for choice in counts.by:
        name = numbers.get(choice.value, choice.value)
        chosen = choice.value in numbers
        address = asked.toggled("by", name)
        yield Link(choice.label, _told(choice.hits, counts), address, chosen, f"by-{choice.value}")


def _about(asked: Asked, counts: Counts) -> Iterator[Link]:
    for name in asked.about:
        number, label = counts.people.get(name, (name, name))
        yield Link(label, "", asked.toggled("about", name), True, f"about-{number}")


def _listed(asked: Asked, counts: Counts, name: str, choices: Iterable[Choice]) -> Iterator[Link]:
    chosen = getattr(asked, name)
    told = {choice.value for choice in choices}
    for value in chosen:
        if value not in told:
            yield Link(value, "", asked.toggled(name, value), True, f"{name}-{value}")
    for choice in choices:
        value = choice.value
        if len(value) > LONGEST:  # no address holds it
            continue
        address = asked.toggled(name, value)
        hits = _told(choice.hits, counts)
        yield Link(choice.label, hits, address, value in chosen, f"{name}-{value}")


def _years(asked: Asked, counts: Counts) -> Iterator[Link]:
    for choice in counts.years:
        since, until = f"{choice.value}-01-01", f"{choice.value}-12-31"
        chosen = (asked.since, asked.until, asked.dates) == (since, until, "printed")
        address = (
            asked.address(since="", until="")
            if chosen
            else asked.address(since=since, until=until, dates="printed")
        )
        hits = _told(choice.hits, counts)
        yield Link(choice.label, hits, address, chosen, f"year-{choice.value}")


def _said(asked: Asked, counts: Counts) -> Iterator[Link]:
    for choice in counts.said:
        chosen = asked.said == choice.value
        hits, address = _told(choice.hits, counts), asked.toggled("said", choice.value)
        yield Link(_SAID[choice.value], hits, address, chosen, f"said-{choice.value}")


def _unnamed(asked: Asked, counts: Counts) -> Iterator[Link]:
    if counts.unnamed or asked.unnamed:
        address = asked.address(unnamed="" if asked.unnamed else "1")
        hits = _told(counts.unnamed, counts)
        yield Link("nobody named", hits, address, bool(asked.unnamed), "unnamed")


def _sure(asked: Asked) -> Iterator[Link]:
    for least in _SURE:
        chosen, address = asked.min_confidence == least, asked.toggled("min_confidence", least)
        yield Link(f"{percent(float(least))} and more", "", address, chosen, f"sure-{least}")
