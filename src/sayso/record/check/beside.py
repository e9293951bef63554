"""What a clause that is left out whole does to the clauses beside it."""

from collections.abc import Iterator, Sequence

from sayso.record.check import lexicon
from sayso.record.check.clauses import Item, Loss, any_kept
from sayso.record.check.turned import PASTS

_ELLIPTIC = 3
"""Words up to which "but won't" and the like only answer the clause before."""
_ASIDE, _SHORT = 7, 5
"""Words up to which a clause is an aside, and up to which one with a verb is."""
_MOMENTS = lexicon.listed("time moment day week month year period age era")
"""Of them "when" tells which: "at a time when"."""
_IN_ASIDES = lexicon.HEDGES - lexicon.BOUNDS - {"former", "only"}


def losses(items: Sequence[Item], parts: Sequence[range], number: int) -> Iterator[Loss]:
    """What is lost with a clause of which nothing was kept."""
    kept = [
        side
        for side in (number - 1, number + 1)
        if 0 <= side < len(parts) and any_kept(items, parts[side])
    ]
    if kept and (found := _of_whole(items, parts, number, kept)):
        yield found


def _of_whole(
    items: Sequence[Item], parts: Sequence[range], number: int, kept: Sequence[int]
) -> Loss | None:
    keys = [items[n].key for n in parts[number]]
    lead = 1 if keys[0] in lexicon.COORDINATORS and len(keys) > 1 else 0
    first, follows = keys[lead], kept[0] < number
    if found := _condition(items, parts, number, kept, lead):
        return found
    if first in lexicon.TIMES or first in lexicon.CONCEDING or keys[lead : lead + 2] == _NO_MATTER:
        return None
    if first in lexicon.RELATIVES and follows:
        return None
    if found := _aside(keys, lead):
        return found
    if kept[-1] > number and (keys[-1] == "that" or items[parts[kept[-1]][0]].key == "that"):
        return _first_turn(keys)
    if lead and first in lexicon.VERBS and len(keys) > _ELLIPTIC:
        return None
    if follows and first not in lexicon.SUBJECTS and not _own_subject(keys, lead):
        return _first_turn(keys[lead:])
    return None


_NO_MATTER = ["no", "matter"]


def _condition(
    items: Sequence[Item], parts: Sequence[range], number: int, kept: Sequence[int], lead: int
) -> Loss | None:
    clause = parts[number]
    keys = [items[n].key for n in clause]
    first, after, follows = keys[lead], keys[lead + 1 : lead + 3], kept[0] < number
    if first in lexicon.CONDITIONS or (first == "as" and after == ["long", "as"]):
        return Loss("condition", first)
    if first == "so" and after == ["long", "as"]:
        return Loss("condition", "so long as")
    if keys[0] == "but" and follows and _exception(items, parts[kept[0]], keys):
        return Loss("condition", "but")
    if first not in lexicon.TIMES or _over(keys) or ("," in items[clause[0]].before and follows):
        return None
    if items[clause[0] - 1].key in _MOMENTS and clause[0]:
        return None
    told = [items[n].key for side in kept for n in parts[side] if items[n].kept]
    if _over(told) or (first in ("after", "before") and not _future(told)):
        return None
    return Loss("condition", first)


def _exception(items: Sequence[Item], kept: range, keys: Sequence[str]) -> bool:
    """ "But that", after "everything": it has no verb of its own."""
    said = {items[n].key for n in kept if items[n].kept}
    own = any(key in lexicon.VERBS or lexicon.negates(key) for key in keys) or _past(keys)
    return bool(said & lexicon.ALL) and not own


def _aside(keys: Sequence[str], lead: int) -> Loss | None:
    """A short clause such as "I think", "they tell me", "in our view", "apparently"."""
    if len(keys) > _ASIDE:
        return None
    own = bool(set(keys) & lexicon.FIRST) and not ("told" in keys and "am" in keys)
    for place, key in enumerate(keys):
        if lead and _feels_like(keys, place):
            continue
        if key in lexicon.OPINIONS and keys[lead] in ("in", "to"):
            return Loss("hedge", key)
        if key in _IN_ASIDES and (key not in lexicon.SUPPOSING or len(keys) - lead <= _SHORT):
            return Loss("hedge", key)
        hearsay = key in lexicon.REPORTS and (not own or key in ("told", "hear", "heard"))
        if hearsay and (lead or len(keys) <= _SHORT) and keys[lead] != "as":
            return Loss("report", key)
    return None


def _first_turn(keys: Sequence[str]) -> Loss | None:
    for place, key in enumerate(keys):
        before, after = keys[max(place - 1, 0) : place], keys[place + 1 : place + 2]
        if lexicon.negates(key) and not lexicon.AFFIRMED.intersection(after):
            return Loss("negation", key)
        if key in lexicon.DENIED and any(map(lexicon.negates, before)):
            continue
        if key in lexicon.CONDITIONS:
            return Loss("condition", key)
        if key in lexicon.DOUBTS:
            return Loss("doubt", key)
        if key in lexicon.HEDGES and key not in lexicon.BOUNDS:
            return Loss("hedge", key)
        if key in lexicon.REPORTS:
            return Loss("report", key)
    return None


def _own_subject(keys: Sequence[str], lead: int) -> bool:
    """Whether a clause has a subject and a verb of its own."""
    for place, key in enumerate(keys[lead:], start=lead):
        if key in lexicon.VERBS or key.endswith("n't"):
            return place > lead
    return False


def _feels_like(keys: Sequence[str], place: int) -> bool:
    """ "But it felt like the first time", and no "it felt like we had lost"."""
    after = keys[place + 2 :]
    return (
        keys[place] in ("feel", "feels", "felt")
        and keys[place + 1 : place + 2] == ["like"]
        and bool(after)
        and after[0] not in lexicon.SUBJECTS - lexicon.listed("the a an my our your his her its")
        and not lexicon.VERBS & set(after)
    )


def _past(keys: Sequence[str]) -> bool:
    return any(key in PASTS or (key.endswith("ed") and len(key) > 4) for key in keys)


def _over(keys: Sequence[str]) -> bool:
    """Whether a time is past: "when it opened", and no "once it has opened"."""
    return _past(keys) and not {"has", "have"} & set(keys)


def _future(keys: Sequence[str]) -> bool:
    return any(key in lexicon.MODALS | lexicon.WILL or key.endswith("'ll") for key in keys)
