"""People, decisions and corrections as JSON, as the command line and the API give them."""

from typing import Any

from sayso.record.corrections import Correction
from sayso.record.decisions import Decision
from sayso.record.people import Person
from sayso.record.roster import Listed


def person(found: Person) -> dict[str, Any]:
    """An entry; `id` is the user's own."""
    return {
        "entry": found.id,
        "name": found.name,
        "kind": found.kind,
        "id": found.outside_id,
        "aliases": list(found.aliases),
        "columns": dict(found.columns),
    }


def listed(found: Listed) -> dict[str, Any]:
    """An entry with how much it says."""
    outlets = [{"outlet": outlet, "statements": number} for outlet, number in found.outlets]
    counts = {"statements": found.statements, "articles": found.articles, "outlets": outlets}
    return person(found.person) | counts


def decision(made: Decision) -> dict[str, Any]:
    """A merge, a split or a renaming."""
    return {
        "decision": made.id,
        "kind": made.kind,
        "names": list(made.names),
        "articles": list(made.articles),
        "entry": made.entry,
        "who": made.who,
        "made": made.made,
        "undone": made.undone,
    }


def correction(article: str, made: Correction) -> dict[str, Any]:
    """A correction of the article with this key. `content` and `position` are where it was made."""
    outcome, content = made.outcome, made.anchor.content
    speakers = None if outcome.speakers is None else outcome.to_dict()["speakers"]
    bounds = outcome.bounds
    return {
        "correction": made.id,
        "article": article,
        "kind": made.kind,
        "content": " … ".join(quote.exact for quote in content),
        "position": content[0].start,
        "speakers": speakers,
        "bounds": None
        if bounds is None
        else {
            "content": [quote.exact for quote in bounds.content],
            "cue": [quote.exact for quote in bounds.cue],
            "source": [quote.exact for quote in bounds.source],
        },
        "who": made.who,
        "made": made.made,
        "undone": made.undone,
        "orphan": made.orphan,
        "together": made.together,
    }
