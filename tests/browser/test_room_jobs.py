"""What people come for, done to its end: by mouse and with script, and without any."""

import re
from typing import Any

import pytest

from tests.browser.rooms import Room
from tests.browser.visits import Visits, go

REPORT = "“We open at nine,” said Ida Marsh.\n\n“And close at noon.”"

MIDDLE = """(node, words) => {
  node.scrollIntoView({ block: "center" });
  const walk = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  while (walk.nextNode() && !walk.currentNode.data.includes(words));
  const start = walk.currentNode.data.indexOf(words);
  const found = document.createRange();
  found.setStart(walk.currentNode, start);
  found.setEnd(walk.currentNode, start + words.length);
  const { left, top, width, height } = found.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}"""
"""Where words stand on the screen, wherever the line breaks."""


def press(page: Any, name: str, role: str = "button") -> None:
    page.get_by_role(role, name=name).first.click()


def shown(page: Any, words: str | re.Pattern[str], within: str = "main") -> str:
    """What the place says that has these words, once it is there."""
    found = page.locator(within).filter(has_text=words).first
    found.wait_for()
    return " ".join(found.inner_text().split())


# ---- Start


def test_a_report_is_pasted_read_and_kept(visit_own: Visits, script: bool) -> None:
    page = visit_own("/", script=script)
    page.get_by_label("The report’s text").fill(REPORT)
    page.get_by_text("What is known of it").click()
    page.get_by_label("Title").fill("Baths open")
    page.get_by_label("Printed on").fill("2026-07-01")
    press(page, "Read it")
    shown(page, "Read, and not kept.")
    assert shown(page, "Baths open", "h1") == "Baths open"
    press(page, "Keep in the record")
    page.wait_for_url("**/articles/*")
    assert "2 statements by 1 speaker" in shown(page, "Who is heard")
    go(page, "/")
    assert "Baths open" in page.locator(".articles li").first.inner_text()


def test_a_draft_is_told_its_outlet_and_day_before_it_is_kept(
    visit_own: Visits, script: bool
) -> None:
    page = visit_own("/", script=script)
    page.get_by_label("The report’s text").fill(REPORT)
    press(page, "Read it")
    shown(page, "Read, and not kept.")
    page.get_by_label("Printed by").fill("The Lantern")
    page.get_by_label("Printed on").fill("2026-07-01")
    press(page, "Keep in the record")
    page.wait_for_url("**/articles/*")
    assert "The Lantern · 1 July 2026" in shown(page, "Articles", ".kicker")


def test_files_are_dropped_and_some_are_kept(visit_own: Visits) -> None:
    page = visit_own("/")
    dropped = page.evaluate_handle(
        """() => {
          const files = new DataTransfer();
          for (const name of ["one.txt", "two.txt"]) {
            files.items.add(new File([`“It is ${name},” said Ida Marsh.`], name));
          }
          return files;
        }"""
    )
    page.locator("main").dispatch_event("drop", {"dataTransfer": dropped})
    assert shown(page, "2 articles read", "h1")
    page.get_by_role("checkbox").first.uncheck()
    press(page, "Keep those chosen")
    page.wait_for_url("**/articles/*")
    assert "It is two.txt" in shown(page, "It is")


def test_a_draft_is_discarded(visit_own: Visits, script: bool) -> None:
    page = visit_own("/", script=script)
    page.get_by_label("The report’s text").fill(REPORT)
    press(page, "Read it")
    shown(page, "Read, and not kept.")
    draft = page.url
    press(page, "Discard")
    shown(page, "Newest in the record")
    assert go(page, draft).status == 404


# ---- Search


def test_search_is_live_and_goes_back(visit: Visits) -> None:
    page = visit("/search")
    page.evaluate("window.same = true")
    page.get_by_label("What was said: words").press_sequentially("the")
    every = int(shown(page, re.compile("^[0-9]+ statements"), ".count").split()[0])
    assert page.url.endswith("/search?words=the")
    facet = page.locator(".facet a", has_text="The Echo")
    number = facet.locator(".number").inner_text()
    facet.click()
    page.locator(".facet .chosen", has_text="The Echo").wait_for()
    assert shown(page, "statement", ".count").split()[0] == number != str(every)
    assert "outlet=The+Echo" in page.url
    assert "outlet=The+Echo" in page.get_by_role("link", name="CSV").get_attribute("href")
    page.go_back()
    page.locator(".facet .chosen").wait_for(state="detached")
    assert shown(page, "statement", ".count").split()[0] == str(every)
    assert page.get_by_label("What was said: words").input_value() == "the"
    page.go_forward()
    page.locator(".facet .chosen", has_text="The Echo").wait_for()
    assert page.evaluate("window.same") is True


def test_search_and_its_facets_without_script(visit: Visits) -> None:
    page = visit("/search", script=False)
    page.get_by_label("What was said: words").fill("bridge")
    page.get_by_label("What was said: words").press("Enter")
    assert shown(page, "statement", ".count").startswith("1 statement")
    assert page.locator("mark").inner_text() == "bridge"
    page.locator(".facet a", has_text="direct").click()
    assert page.locator(".facet .chosen", has_text="direct").is_visible()
    page.locator(".statements a", has_text="Surveyor calls bridge safe").click()
    assert page.url.endswith("#s1")


# ---- Article


def test_a_statement_in_focus_tells_its_parts(visit: Visits, room: Room) -> None:
    page = visit(room.address("long article"))
    note = page.locator("#s8")
    assert note.get_by_text("said on").is_visible()
    roles = page.locator("[data-on]").evaluate_all(
        "all => Object.fromEntries(all.map((each) => [each.dataset.on, each.textContent]))"
    )
    assert roles["source"] == "Lionel Crake"
    assert roles["cue"] == "told"
    assert roles["to"] == "a meeting"
    page.keyboard.press("Escape")
    page.locator("[data-on]").first.wait_for(state="detached")
    page.locator("#s11 .badge").first.focus()
    on = page.locator("[data-on~=source]")
    assert on.inner_text() == "A senior official"


LABELS = """() => [...document.querySelectorAll(".text [data-label]")].map((each) => {
  const { height, bottom } = getComputedStyle(each, "::before");
  const lines = [...each.getClientRects()];
  const own = lines[0];
  const under = lines.at(-1).bottom - parseFloat(bottom);
  const above = own.bottom - parseFloat(getComputedStyle(each).lineHeight);
  return { over: under - parseFloat(height) - above, into: under - own.top };
})"""


@pytest.mark.parametrize("width", [1280, 360])
def test_labels_stand_between_the_lines(visit: Visits, room: Room, width: int) -> None:
    page = visit(room.address("long article"), width=width)
    page.locator("[data-label]").first.wait_for()
    for label in page.evaluate(LABELS):
        assert label["over"] >= -1, "it covers words of the line above"
        assert label["into"] <= 4, "it covers the words that it names"


COVERED = """() => [...document.querySelectorAll(".text [data-label]")].map((each) => {
  const { left, top } = each.getClientRects()[0];
  return { left, top, right: left + parseFloat(getComputedStyle(each, "::before").width) };
}).filter((each, n, all) => all.slice(n + 1).some(
  ({ left, top }) => top === each.top && left >= each.left && left < each.right))"""


def test_a_label_over_a_short_word_is_told_whole(visit: Visits, room: Room) -> None:
    page = visit(f"{room.address('article')}#s3")
    page.locator("[data-label^=source]").wait_for()
    assert page.evaluate(COVERED) == []
    assert page.locator("[data-label]").evaluate_all("all => all.map(e => e.dataset.label)") == [
        "source, cue"
    ]


def test_an_open_card_lies_over_nothing(visit: Visits, room: Room, script: bool) -> None:
    page = visit(f"{room.address('long article')}", script=script)
    card = page.locator("#s8 .more").bounding_box()
    for note in page.locator(".note:not(#s8) .who").all():
        box = note.bounding_box()
        beside = box["y"] + box["height"] <= card["y"] or box["y"] >= card["y"] + card["height"]
        assert beside, note.inner_text()


def test_a_statement_has_an_address_that_stays(visit: Visits, room: Room, script: bool) -> None:
    page = visit(f"/articles/{room.names['harbour']}/s8", script=script)
    assert page.url.endswith(f"/articles/{room.names['harbour']}#s8")
    note = page.locator("#s8:target")
    assert note.get_by_text("a meeting", exact=True).is_visible()
    note.get_by_text("Cite").click()
    assert "Lionel Crake" in note.locator(".citation").inner_text()
    assert "127.0.0.1" not in note.locator(".citation").inner_text()


def test_versions_and_what_changed(visit: Visits, room: Room, script: bool) -> None:
    page = visit(f"/articles/{room.names['ferry']}", script=script)
    press(page, "what changed", "link")
    assert page.locator(".changes del").first.text_content() == "[out: June]"
    assert page.locator(".changes ins").first.text_content() == "[in: July]"


def test_an_article_is_forgotten(visit_own: Visits, own_room: Room, script: bool) -> None:
    page = visit_own(own_room.address("article"), name="Nora Kettle", script=script)
    press(page, "Forget this article", "link")
    assert "with 3 statements and 2 corrections" in shown(page, "for good")
    page.get_by_label("It may be gone for good").check()
    press(page, "Forget it")
    shown(page, "The article is forgotten.", ".notice")
    assert page.get_by_text("Surveyor calls bridge safe").count() == 0
    assert go(page, own_room.address("article")).status == 404


# ---- People


def test_two_entries_are_merged_and_parted(visit_own: Visits, own_room: Room, script: bool) -> None:
    page = visit_own(own_room.address("speaker"), name="Nora Kettle", script=script)
    assert shown(page, "statement", ".lead").startswith("3 statements")
    page.get_by_label("Has a second entry?").fill("Ida K. Marsh")
    press(page, "Compare")
    shown(page, "Are these two one?", "h1")
    press(page, "Merge them")
    shown(page, "They are one entry now.")
    assert shown(page, "statement", ".lead").startswith("4 statements")
    press(page, "Take it back", "link")
    press(page, "Take it back")
    assert "Ida K. Marsh into Ida Marsh taken back" in shown(page, "taken back", ".undone")
    go(page, own_room.address("speaker"))
    assert shown(page, "statement", ".lead").startswith("3 statements")


def test_an_entry_is_renamed_and_gets_its_name_back(
    visit_own: Visits, own_room: Room, script: bool
) -> None:
    page = visit_own(own_room.address("speaker"), name="Nora Kettle", script=script)
    press(page, "Has another name?", "link")
    page.get_by_label("Full name").fill("Ida Marsh-Cole")
    press(page, "See what would happen")
    shown(page, "Call them Ida Marsh-Cole?", "h1")
    press(page, "Rename them")
    shown(page, "The entry has its new name.")
    shown(page, "Ida Marsh-Cole", "h1")
    assert "Ida Marsh" in shown(page, "Also called", ".known-of")
    press(page, "Take it back", "link")
    press(page, "Take it back")
    assert "Ida Marsh to Ida Marsh-Cole taken back" in shown(page, "taken back", ".undone")
    go(page, own_room.address("speaker"))
    shown(page, "Ida Marsh", "h1")


# ---- Check


def test_a_quotation_is_checked_word_by_word(visit: Visits, script: bool) -> None:
    page = visit("/check", script=script)
    page.get_by_label("The quotation").fill("I would take my own cattle across it")
    page.get_by_label("Who is to have said it").fill("Ben Okoro")
    press(page, "Check it")
    assert "altered" in shown(page, "altered", ".outcome")
    match = page.locator(".match").first
    assert "cattle" in match.locator("del").inner_text()
    assert "children" in match.locator("ins").inner_text()
    assert match.get_by_text("another speaker").is_visible()
    match.get_by_role("link", name="Surveyor calls bridge safe").click()
    page.locator("#s3:target").wait_for()


def test_every_quotation_of_a_draft_is_checked(visit: Visits, script: bool) -> None:
    page = visit("/check", script=script)
    page.get_by_label("The draft").fill(
        "“The bridge is safe,” said Ida Marsh.\n\n“Purple zebras unanimously legislate,” she added."
    )
    press(page, "Check the draft")
    assert "2 quotations: 1 stands so" in shown(page, "stands so in print", ".lead")
    verdicts = page.locator(".check .verdict").all_inner_texts()
    assert [verdict.split()[1] for verdict in verdicts] == ["verbatim", "not"]


# ---- Audit


def test_a_bar_leads_to_its_statements(visit: Visits, script: bool) -> None:
    page = visit("/audit", script=script)
    row = page.locator("tr", has=page.locator(".drawn a")).first
    number = row.locator("td.n a").first.inner_text()
    row.locator(".drawn a").click()
    page.wait_for_url("**/search?**")
    assert shown(page, "statement", ".count").split()[0] == number
    assert page.locator(".statements > li").count() == int(number)


# ---- Review


def test_a_correction_is_made_undone_and_found(
    visit_own: Visits, own_room: Room, script: bool
) -> None:
    page = visit_own(own_room.address("review"), name="Nora Kettle", script=script)
    press(page, "Right")
    assert "You say that it is right." in shown(page, "You say", ".done")
    press(page, "Take back")
    assert "Taken back: you say that it is right." in shown(page, "Taken back", ".done")
    page.locator("summary", has_text="Another name").click()
    page.get_by_label("Who says it", exact=True).first.fill("Ada Quill")
    press(page, "Save the name")
    assert "You say that it is by Ada Quill." in shown(page, "You say", ".done")
    go(page, "/corrections")
    newest = page.locator(".correction").first
    assert "You say that it is by Ada Quill" in newest.inner_text()
    press(newest, "Take back")
    page.locator(".correction").first.get_by_text("taken back").first.wait_for()


def test_all_of_a_speaker_s_statements_are_corrected_at_once(
    visit_own: Visits, own_room: Room, script: bool
) -> None:
    page = visit_own(f"/review/{own_room.names['bridge']}/s1", name="Nora Kettle", script=script)
    page.locator("summary", has_text="Another name").click()
    press(page, "Correct all 2 of theirs in this article", "link")
    shown(page, "Is none of this by Ida Marsh?", "h1")
    page.get_by_label("Another name").fill("Ada Quill")
    press(page, "Correct all of them")
    assert "You say that it is by Ada Quill, and so is 1 other" in shown(page, "You say", ".done")
    press(page, "Take all 2 back")
    shown(page, "Taken back", ".done")


def test_on_a_phone_names_come_up_from_a_small_bar(
    visit_own: Visits, own_room: Room, script: bool
) -> None:
    page = visit_own(own_room.address("review"), width=360, name="Nora Kettle", script=script)
    assert page.locator(".dock").bounding_box()["height"] < 800 / 7
    name = page.locator("#sheet [name=pick]").first
    assert not name.is_visible()
    press(page, "Somebody else …")
    assert name.is_visible()
    press(page, "Close")
    assert not name.is_visible()
    press(page, "Somebody else …")
    called = name.get_attribute("value")
    name.click()
    assert f"You say that it is by {called}" in shown(page, "You say", ".done")


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (360, 740)])
@pytest.mark.parametrize("statement", ["s13", "s9", "s4"])
def test_what_is_asked_about_is_seen_above_the_bar(
    visit_own: Visits, own_room: Room, statement: str, width: int, height: int
) -> None:
    page = visit_own("/", name="Nora Kettle")
    page.set_viewport_size({"width": width, "height": height})
    go(page, f"/review/{own_room.names['harbour']}/{statement}")
    own = page.locator(".near").first.bounding_box()
    assert own["y"] >= 0
    assert own["y"] + own["height"] <= page.locator(".dock").bounding_box()["y"]


def test_the_fields_of_a_timeline_stand_on_one_line(visit: Visits, room: Room) -> None:
    page = visit(room.address("speaker"))
    fields = [page.get_by_label(name, exact=True).bounding_box() for name in ("On", "From", "To")]
    assert len({(each["y"], each["height"]) for each in fields}) == 1


def test_numbers_on_a_phone_begin_where_their_lines_do(visit: Visits) -> None:
    page = visit("/audit", width=360)
    page.locator(".counted").first.wait_for()
    starts = page.eval_on_selector_all(
        ".counted td[data-label]",
        """cells => cells.map(cell => {
          const words = document.createRange();
          words.selectNodeContents(cell);
          return words.getClientRects()[0].left - cell.getBoundingClientRect().left;
        })""",
    )
    assert starts
    assert max(starts) < 1


def test_other_words_are_selected_in_the_text(visit_own: Visits, own_room: Room) -> None:
    page = visit_own(f"/review/{own_room.names['bridge']}/s2", name="Nora Kettle")
    page.mouse.dblclick(
        *page.locator("[data-passage] .part.content").first.evaluate(MIDDLE, "would")
    )
    page.locator("[data-chosen]", has_text=re.compile("^would$")).wait_for()
    page.locator("[data-into=bounds-content-1]").click()
    assert page.locator("#bounds-content-1").input_value() == "would"
    press(page, "Save these words")
    assert "You say that it is other words: would" in shown(page, "You say", ".done")


def test_two_who_correct_at_once_lose_nothing(visit_own: Visits, own_room: Room) -> None:
    nora, ben = (visit_own(own_room.address("review"), name=n) for n in ("Nora Kettle", "Ben Ash"))
    press(nora, "Right")
    shown(nora, "You say", ".done")
    press(ben, "Wrong")
    shown(ben, "Somebody has corrected this meanwhile", "h1")
    assert "Nora Kettle says that it is right" in shown(ben, "As it stands now")
    press(ben, "Keep mine")
    shown(ben, "This was called wrong", "h1")
    go(ben, "/corrections")
    told = ben.locator(".says").all_inner_texts()[:2]
    assert [" ".join(each.split())[2:] for each in told] == [
        "You say that it is no statement: nobody said it",
        "Nora Kettle says that it is right",
    ]


# ---- About


def test_about_counts_the_record(visit: Visits, room: Room, script: bool) -> None:
    page = visit("/about", script=script)
    page.locator(".figures").wait_for()
    page.locator(".figures a").first.click()
    assert page.locator(".entry").count() == 5
