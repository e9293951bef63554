// Pointing at a statement or its note, or going to one, names its parts in the text. All going is
// done by the page's own links, and without this script lit.css shows what belongs together.
const ROLES = { s: "source", q: "cue", c: "content", a: "to", h: "channel", t: "time", r: "no answer" };
const report = document.querySelector(".report");
const pieces = new Map(); // a note's id -> the pieces of text that belong to it, with their roles
let current = null;
let undone = [];
let pointed = null;
let focused = null;

const marksOf = (piece) => piece.dataset.m.split(" ").map((mark) => {
  const at = mark.lastIndexOf(".");
  return { id: mark.slice(0, at), role: mark.slice(at + 1) };
});

for (const piece of report.querySelectorAll("[data-m]")) {
  for (const { id, role } of marksOf(piece)) {
    if (!pieces.has(id)) pieces.set(id, []);
    pieces.get(id).push([piece, ROLES[role]]);
  }
}
report.classList.add("scripted");

// The note's id for anything on the page that stands for a statement, else null.
function idOf(node) {
  if (!(node instanceof Element)) return null;
  const note = node.closest(".note");
  if (note) return note.id;
  const badge = node.closest(".text .badge");
  if (badge) return badge.id.slice(0, -1);
  const piece = node.closest("[data-m]");
  if (!piece) return null;
  const marks = marksOf(piece).filter(({ id }) => document.getElementById(id));
  return (marks.findLast(({ role }) => role === "c" || role === "r") ?? marks.at(-1))?.id ?? null;
}

function show() {
  const id = pointed ?? focused ?? decodeURIComponent(location.hash.slice(1));
  if (id === current) return;
  current = id;
  for (const undo of undone) undo();
  undone = [];
  const note = document.getElementById(id);
  if (!note?.classList.contains("note")) return;
  note.classList.add("on");
  undone.push(() => note.classList.remove("on"));
  const labelled = new Set();
  for (const [piece, role] of pieces.get(id) ?? []) {
    piece.dataset.on = piece.dataset.on ? `${piece.dataset.on} ${role}` : role;
    if (!labelled.has(role) && role !== "content") {
      labelled.add(role);
      piece.dataset.label = piece.dataset.label ? `${piece.dataset.label}, ${role}` : role;
    }
    undone.push(() => { delete piece.dataset.on; delete piece.dataset.label; });
  }
  gather([...report.querySelectorAll(".text [data-label]")]);
}

// A label that is longer than its words would lie under the next one: then one tells both.
function gather(labelled) {
  let last = null;
  for (const piece of labelled) {
    const { left, top } = piece.getClientRects()[0];
    const end = last && last.left + parseFloat(getComputedStyle(last.piece, "::before").width);
    if (last && Math.abs(last.top - top) < 2 && last.left < left && end > left) {
      last.piece.dataset.label += `, ${piece.dataset.label}`;
      delete piece.dataset.label;
    } else {
      last = { piece, left, top };
    }
  }
}

// A wide window shows text and notes at once: going to a note moves nothing of what was clicked.
function go(id, clicked) {
  report.classList.remove("hushed");
  const note = document.getElementById(id);
  const { top } = clicked.getBoundingClientRect();
  history.replaceState(history.state, "", `#${encodeURIComponent(id)}`);
  location.replace(`#${encodeURIComponent(id)}`); // so that :target follows
  note.focus({ preventScroll: true });
  if (matchMedia("(min-width: 60em)").matches) scrollBy(0, clicked.getBoundingClientRect().top - top);
  else note.scrollIntoView({ block: "nearest" });
}

report.addEventListener("mouseover", ({ target }) => { report.classList.remove("hushed"); pointed = idOf(target); show(); });
report.addEventListener("mouseleave", () => { pointed = null; show(); });
report.addEventListener("focusin", ({ target }) => { report.classList.remove("hushed"); focused = idOf(target); show(); });
report.addEventListener("focusout", () => { focused = null; show(); });
addEventListener("hashchange", show);
addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  report.classList.add("hushed"); // what was told of a statement is put away
  pointed = focused = null;
  if (location.hash) location.replace("#");
  show();
});
report.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (link && !link.matches(".badge")) return;
  if (event.target.closest("summary, button, .more")) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || !getSelection().isCollapsed) return;
  const id = idOf(event.target);
  if (id === null) return;
  event.preventDefault();
  go(id, event.target);
});

// Browsers that can't unfold by style what is printed.
addEventListener("beforeprint", () => { for (const each of report.querySelectorAll(".heard details")) each.open = true; });

// An address of a statement in another part of a long article leads there.
const wanted = decodeURIComponent(location.hash.slice(1));
if (/^[sc]\d+$/.test(wanted) && !document.getElementById(wanted) && report.dataset.address) {
  location.replace(`${report.dataset.address}/${wanted}`);
}
show();
