"""What of a sentence's sense goes with what a quotation leaves out."""

import pytest

from sayso.record.check.quotation import quotation
from sayso.record.check.wording import Document, judge


def wording(quoted: str, printed: str) -> str:
    found = judge(quotation(quoted), Document(f"“{printed}”"))
    return found[0].wording if found else "none"


@pytest.mark.parametrize(
    ("quoted", "printed"),
    [
        ("the bridge is safe", "I don't think the bridge is safe."),
        ("the bridge is safe", "They tell me that the bridge is safe."),
        ("the bridge is safe", "The bridge is safe, they tell me."),
        ("the bridge is safe", "The bridge is safe, I think."),
        ("the bridge is safe", "The bridge is safe, apparently."),
        ("the bridge is safe", "The bridge is safe, isn't it?"),
        ("the bridge is safe", "The bridge is safe if the river stays low."),
        ("the bridge is safe", "If the river stays low, the bridge is safe."),
        ("the bridge is safe", "The bridge is safe, but not for lorries."),
        ("the bridge is safe", "It is not true that the bridge is safe."),
        ("the bridge is safe", "I doubt that the bridge is safe."),
        ("the bridge is safe", "The idea that the bridge is safe is nonsense."),
        ("the bridge is safe", "Why would you say the bridge is safe?"),
        ("the bridge is safe", "I hope the bridge is safe."),
        ("the bridge is safe", "As far as I know, the bridge is probably safe."),
        ("the bridge is safe", "The bridge is safe as long as nobody jumps."),
        ("the bridges are safe", "Some of the bridges are safe."),
        ("every bridge is safe", "Nearly every bridge is safe."),
        ("ten bridges are safe", "At least ten bridges are safe."),
        ("the bridge is dangerous", "The bridge is less dangerous than the ferry."),
        ("the bridge is dangerous", "The bridge is more dangerous than the ferry."),
        ("we will close the bridge", "We will not close the bridge."),
        ("we will close the bridge", "We will never close the bridge before winter."),
        ("close the bridge", "We won't close the bridge."),
        ("we close the bridge", "We might close the bridge."),
        ("the mayor closed it", "The mayor opened the bridge. The river closed it."),
        ("The bridge is closed", "The bridge is hardly ever closed."),
        ("The bridge is safe", "The bridge is relatively safe."),
        ("We have a plan for everything", "We have a plan for everything but that."),
        ("the bridge is safe", "It felt like the bridge is safe."),
        ("the bridge is safe", "I feel like the bridge is safe."),
        ("the bridge is safe", "The bridge is safe, but I feel like we lost."),
        ("the ferry is to sail", "The ferry is what we want to sail."),
        ("the captain is here", "The captain says that he wants to wait is here."),
        ("we sail on Monday", "We want to sail on Monday."),
        ("the ferry will sail", "The ferry may sail, which I hope it will."),
        ("the bridge is safe", "As far as I know, the bridge is safe."),
        ("the bridge is safe", "I could be wrong, but the bridge is safe."),
        ("the bridge is safe", "The bridge is safe, or so I hear."),
        ("the bridge is safe", "On paper the bridge is safe."),
        ("the bridge is safe", "The bridge is safe, subject to inspection."),
        ("the bridge is safe", "The bridge is safe for now."),
        ("the bridge is safe", "Even if the bridge is safe, it is ugly."),
        ("the bridge is safe", "While the bridge is safe, the ferry is not."),
        ("the bridge is safe", "It's as if the bridge is safe."),
        ("the bridge is safe", "It looks as though the bridge is safe."),
        ("the bridge is safe", "It looks like the bridge is safe."),
        ("the bridge is safe", "Once it has been mended, the bridge is safe."),
        ("you had better wait", "If you don't want Ida or Pim to win, you had better wait."),
        ("we will close the bridge", "We will close the bridge, or we won't."),
        ("forty people were hurt", "Fewer than forty people were hurt."),
        ("forty people were hurt", "Forty or fifty people were hurt."),
        ("forty people were hurt", "Forty people were nearly hurt."),
        ("the bridge is the best", "The bridge is one of the best."),
        ("or a ferry by Monday", "We want a bridge or at least a ferry by Monday."),
        ("I did not see him", "I did not see him on Monday."),
        ("Nobody smokes", "Nobody smokes in this building."),
        ("We allow no tricks", "We allow no tricks which people can't see."),
        ("Everyone should leave", "Everyone who cheats should leave."),
        ("I don't want to sail", "I don't necessarily want to sail."),
        ("we are closing the bridge", "We are interested in closing the bridge."),
        ("The ferry is a better ship", "The ferry is old and would have been a better ship."),
    ],
)
def test_what_carries_the_sense(quoted: str, printed: str) -> None:
    assert wording(quoted, printed) == "altered"


@pytest.mark.parametrize(
    ("quoted", "printed"),
    [
        ("the bridge is safe", "The bridge is safe and we have checked every bolt."),
        ("the bridge is safe", "But the bridge is safe."),
        ("the bridge is safe", "I know that the bridge is safe."),
        ("the bridge is safe", "Although I don't like it, the bridge is safe."),
        ("the bridge is safe", "The bridge is safe, and nobody needs to worry."),
        ("the bridge is safe", "The old iron bridge is safe."),
        ("the bridge is safe", "The bridge is perfectly safe."),
        ("the bridge is safe", "The bridge is safe because we looked after it."),
        ("the bridge is safe", "The bridge is safe, which is more than I can say for the ferry."),
        ("the bridge is safe. we checked", "The bridge is safe. It is old. We checked."),
        ("the old iron bridge", "We never meant to paint the old iron bridge."),
        ("is the bridge safe", "Is the bridge safe for us all?"),
        ("The [bridge] is safe", "The thing is safe."),
        ("the ferry ... is old", "The ferry that I want to paint is old."),
        ("the ferry is old", "The ferry which we had hoped to sell is old."),
        ("the ferry is old. It sinks", "The ferry is old but it felt like home. It sinks."),
        ("the ferry is old ... it sinks", "The ferry is old but it felt like the best. It sinks."),
        (
            "in the wrong month ... and in the dark",
            "in the wrong month, the wrong place and in the dark",
        ),
        ("the bridge is safe", "I am proud to say that the bridge is safe."),
        ("the bridge is safe", "The bridge is safe, whatever people say."),
        ("the bridge is safe", "The bridge is safe, not least because we painted it."),
        ("the bridge is safe", "There is no question that the bridge is safe."),
        ("the bridge is safe", "There is no doubt about it, that the bridge is safe."),
        ("the bridge is safe", "I cannot deny that the bridge is safe."),
        ("the bridge is safe", "At a time when nobody sails, the bridge is safe."),
        (
            "it has … sold the bridge",
            "It has not only lost the ferry but has also sold the bridge.",
        ),
        ("I never guessed … that kind of hat", "I never guessed that I'd have that kind of hat."),
        ("They … will be mended", "They will have to wait and will be mended."),
        ("the bridge sank", "When the wind rose, the bridge sank."),
        ("they are not coming", "They are not coming because they are ill."),
        ("nobody told us", "Nobody told us that the road was shut."),
        ("the bridge is closed", "The bridge is closed; it does rather ask, “Who cares?”"),
    ],
)
def test_what_does_not(quoted: str, printed: str) -> None:
    assert wording(quoted, printed) == "abridged"
