// Review by keyboard, and words taken from the text instead of typed. All of it is there without
// script too: keys press what has data-key, selected words go into the fields that forms have.
import { tell } from "./room.js";

const room = document.querySelector("[data-review]");
const text = room.querySelector("[data-passage]");
const bar = room.querySelector("[data-picked]");

// ---- on a low screen the paragraph in question may stand below the bar. Not by scrollIntoView, from
// where Tab would go on

const question = room.querySelector(".verdict") && text.querySelector(".near");
if (question) {
  const { top, bottom } = question.getBoundingClientRect();
  const hidden = bottom + 16 - room.querySelector(".dock").getBoundingClientRect().top;
  scrollBy(0, Math.max(0, Math.min(hidden, top - 16)));
}

// ---- keys

const SWITCH = "sayso-review-keys";
const pressed = room.querySelectorAll("[data-key]");
const toggle = room.querySelector("[data-switch]");
let keyed = stored() !== "off";

function stored() {
  try { return localStorage.getItem(SWITCH); } catch { return null; }
}

function turn(on) {
  keyed = on;
  try { localStorage.setItem(SWITCH, on ? "on" : "off"); } catch { /* then for this page alone */ }
  document.documentElement.classList.toggle("keyed", on);
  for (const each of pressed) {
    if (on) each.setAttribute("aria-keyshortcuts", each.dataset.key);
    else each.removeAttribute("aria-keyshortcuts");
  }
  if (toggle) {
    toggle.setAttribute("aria-pressed", on);
    toggle.textContent = on ? "Keys are on" : "Keys are off";
  }
}

function press(wanted) {
  const found = [...pressed].find((each) => each.dataset.key === wanted);
  if (!found) return false;
  const sheet = found.closest("[popover]");
  if (sheet && !found.checkVisibility()) sheet.showPopover();
  else if (found.localName === "summary") open(found.parentElement);
  else found.click();
  return true;
}

function open(details) {
  details.open = true;
  const take = details.querySelector("[data-take]");
  if (take && text) begin(take);
  else details.querySelector("textarea, input:not([type=hidden])")?.focus();
}

// In a field, Ctrl and Enter save what was typed; Escape closes the panel, be it with keys or not.
document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  const panel = target.closest?.("details[open]");
  if (taking || event.isComposing) return;
  if (key === "Enter" && (event.ctrlKey || event.metaKey) && target.matches("textarea, input, select")) {
    event.preventDefault();
    target.form?.requestSubmit();
  } else if (key === "Escape" && panel) {
    panel.open = false;
    panel.querySelector("summary").focus();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest?.("input, textarea, select")) return;
  if (taking) {
    if (move(event)) event.preventDefault();
    return;
  }
  if (keyed && !event.repeat && !event.shiftKey && press(event.key.toLowerCase())) event.preventDefault();
});

// ---- what is sent once

for (const form of room.querySelectorAll("[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (room.dataset.sent) event.preventDefault();
    room.dataset.sent = "yes";
  });
}
addEventListener("pageshow", () => { delete room.dataset.sent; });

// ---- words of the text: each sign by itself, so that a cue can be taken without its comma

const WORD = /[\p{L}\p{N}\p{M}]+(?:['’.\-‐‑][\p{L}\p{N}\p{M}]+)*|[^\s]/gu;
const ENDS = /[.!?…]/;
const CLOSES = /["'”’»)\]]/;
const words = text ? [...text.querySelectorAll("[data-start]")].flatMap(wordsOf) : [];

function wordsOf(paragraph) {
  const whole = paragraph.textContent;
  let over = true;
  return [...whole.matchAll(WORD)].map((match) => {
    const word = { paragraph, start: match.index, end: match.index + match[0].length, first: over && !CLOSES.test(match[0]) };
    if (word.first) over = false;
    if (ENDS.test(match[0])) over = true;
    return word;
  });
}

function place(paragraph, offset) {
  const nodes = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let left = offset;
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    if (left <= node.length) return [node, left];
    left -= node.length;
  }
  return [paragraph, paragraph.childNodes.length];
}

function range(first, last) {
  const found = document.createRange();
  found.setStart(...place(words[first].paragraph, words[first].start));
  found.setEnd(...place(words[last].paragraph, words[last].end));
  return found;
}

function spoken(first, last) {
  const paragraphs = new Map();
  for (const { paragraph, start, end } of words.slice(first, last + 1)) {
    const [from, to] = paragraphs.get(paragraph) ?? [start, end];
    paragraphs.set(paragraph, [Math.min(from, start), Math.max(to, end)]);
  }
  return [...paragraphs].map(([p, [from, to]]) => p.textContent.slice(from, to)).join("\n\n");
}

function offset({ paragraph, start }) {
  return Number(paragraph.dataset.start) + [...paragraph.textContent.slice(0, start)].length;
}

// ---- the words that are selected: `from` and `to` are their numbers

let taking = null; // the field that they are for; null while somebody selects with a mouse
let from = 0, to = -1;

function begin(button) {
  const field = document.getElementById(button.dataset.take);
  [from, to] = held(field, button.dataset.role) ?? following(field);
  taking = field;
  for (const each of bar.querySelectorAll("[data-into]")) each.hidden = each.dataset.into !== field.id;
  bar.querySelector("[data-how]").hidden = false;
  text.classList.add("selecting");
  bar.hidden = false;
  text.focus({ preventScroll: true });
  show();
}

function held(field, role) {
  const said = field.value.trim();
  if (!said) return null;
  const parts = [...text.querySelectorAll(`.part.${role}`)];
  const within = words.map((word, n) => [word, n]).filter(([word]) => {
    const [node] = place(word.paragraph, word.start + 1);
    return parts.some((part) => part.contains(node));
  });
  if (!within.length) return null;
  let [, first] = within[0];
  let last = first;
  for (const [, n] of within) if (n === last + 1) last = n;
  return [first, last];
}

function following(field) {
  if (to < 0 || field.id.includes("-content-")) return sentence(nearest());
  const next = Math.min(to + 1, words.length - 1);
  return [next, next];
}

function nearest() {
  const found = words.findIndex(({ paragraph }) => paragraph.classList.contains("near"));
  return Math.max(0, found);
}

function sentence(n) {
  let first = n;
  while (first > 0 && !words[first].first) first -= 1;
  let last = first;
  while (last + 1 < words.length && !words[last + 1].first) last += 1;
  return [first, last];
}

function show() {
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range(from, to));
  const edge = words[to].paragraph;
  edge.scrollIntoView({ block: "nearest" });
  chosen();
  tell(spoken(from, to).slice(0, 300));
}

function chosen() {
  bar.querySelector("[data-chosen]").textContent = spoken(from, to);
}

const MOVES = {
  ArrowRight: (shift) => (shift ? [Math.min(from + 1, to), to] : [from, Math.min(to + 1, words.length - 1)]),
  ArrowLeft: (shift) => (shift ? [Math.max(from - 1, 0), to] : [from, Math.max(to - 1, from)]),
  ArrowDown: () => { const [, last] = sentence(to); return sentence(Math.min(last + 1, words.length - 1)); },
  ArrowUp: () => { const [first] = sentence(from); return sentence(Math.max((from > first ? first : first - 1), 0)); },
};

function move({ key, shiftKey, target }) {
  if (key === "Escape") { drop(); return true; }
  if (target.closest("button, a, summary")) return false;
  if (key === "Enter") { into(taking); return true; }
  const moved = MOVES[key]?.(shiftKey);
  if (!moved) return false;
  [from, to] = moved;
  show();
  return true;
}

function into(field) {
  const details = field.closest("details");
  if (details) details.open = true;
  field.value = spoken(from, to);
  const form = field.form;
  const at = form.querySelector("[data-at]");
  if (at && field.id.endsWith("-content-1")) at.value = offset(words[from]);
  hide();
  const fields = [...form.querySelectorAll("textarea[name=content], textarea[name=cue], textarea[name=source]")];
  const more = field.id.startsWith("missing-");
  const empty = more && fields.slice(fields.indexOf(field) + 1).find((each) => !each.value && each.id.endsWith("-1"));
  const button = empty ? form.querySelector(`[data-take="${empty.id}"]`) : form.querySelector("button:not([type=button])");
  button.focus();
}

function hide() {
  taking = null;
  bar.hidden = true;
  text.classList.remove("selecting");
}

function drop() {
  const back = taking && room.querySelector(`[data-take="${taking.id}"]`);
  hide();
  getSelection().removeAllRanges();
  back?.focus();
}

// A mouse, a finger, or a browser's own caret selects: then it is asked what the words are.
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const own = selection.getRangeAt(0);
  if (!text.contains(own.commonAncestorContainer)) return;
  const found = words.flatMap((word, n) => (own.intersectsNode(word.paragraph) && meets(own, n) ? [n] : []));
  if (!found.length) return;
  [from, to] = [found[0], found.at(-1)];
  if (!taking) {
    for (const each of bar.querySelectorAll("[data-into]")) each.hidden = !document.getElementById(each.dataset.into);
    bar.querySelector("[data-how]").hidden = true;
  }
  bar.hidden = false;
  chosen();
}

function meets(own, n) {
  const word = range(n, n);
  return own.compareBoundaryPoints(Range.START_TO_END, word) > 0 && own.compareBoundaryPoints(Range.END_TO_START, word) < 0;
}

if (text && bar && words.length) {
  for (const button of room.querySelectorAll("[data-take]")) {
    button.hidden = false;
    button.addEventListener("click", () => begin(button));
  }
  for (const button of bar.querySelectorAll("[data-into]")) {
    button.addEventListener("click", () => into(document.getElementById(button.dataset.into)));
  }
  bar.querySelector("[data-drop]").addEventListener("click", drop);
  text.addEventListener("pointerup", () => setTimeout(selected));
  text.addEventListener("keyup", (event) => { if (event.shiftKey && !taking) selected(); });
}
const keys = room.querySelector("[data-keys]");
if (keys) keys.hidden = false;
toggle?.addEventListener("click", () => turn(!keyed));
turn(keyed);
