"""About: what the record covers, the models' figures as the card has them, and the limits."""

from pathlib import Path

from fastapi.testclient import TestClient

from sayso.room import card
from tests.room.conftest import Open
from tests.room.pages.asked import addresses, words


def _counted(client: TestClient) -> str:
    client.get("/about.csv")  # waits until it is counted
    return words(client.get("/about").text)


def test_the_record_is_told_in_numbers(client: TestClient) -> None:
    page = _counted(client)
    assert "Articles 2 Outlets 2 Statements 6" in page
    assert "Printed from 12 March 2026 to 15 March 2026" in page
    rows = client.get("/about.csv").text.splitlines()
    assert rows[0].startswith("\ufeffarticles,versions,outlets,first,last,statements")
    assert rows[1].startswith("2,0,2,2026-03-12,2026-03-15,6")


def test_the_figures_are_those_of_the_model_card(client: TestClient) -> None:
    page = _counted(client)
    for model in card.figures():
        assert model.id in page
        assert len(model.tables) == 2
        for table in model.tables:
            assert all(len(row) == len(table.head) for row in table.rows)
            assert " ".join(table.rows[0]) in page
    assert "reads here" in page


def test_the_limits_are_told(client: TestClient) -> None:
    page = words(client.get("/about").text)
    assert "It does not judge whether a statement is true" in page
    assert "It guesses nobody’s gender, party, faith or origin" in page


def test_all_its_own_links_lead_somewhere(client: TestClient) -> None:
    page = client.get("/about").text
    for address in ("/articles", "/people", "/corrections", "/review"):
        assert address in addresses(page, "/") or address in (
            "/articles",
            "/people",
            "/corrections",
        )
        assert client.get(address).status_code in (200, 303)


def test_the_calls_of_the_api_are_told_without_their_mark_up(client: TestClient) -> None:
    page = client.get("/api").text
    assert "<code>Location</code>" in page
    assert "`" not in page


def test_an_empty_record(room: Open, tmp_path: Path) -> None:
    assert "It is empty." in _counted(room(record=tmp_path / "empty.db"))
