// Asks how far the reading is, and shows the page anew when it is done.
import { tell } from "./room.js";

const section = document.querySelector("[data-progress]");
const told = section.querySelector("[data-told]");
const bar = section.querySelector("progress");
let wait = 250;

async function look() {
  try {
    const answer = await fetch(section.dataset.progress, { cache: "no-store" });
    if (!answer.ok) return location.reload();
    const { state, share, told: words } = await answer.json();
    if (state === "read") return location.reload();
    if (words !== told.textContent) { told.textContent = words; tell(words); }
    if (share > 0) bar.value = share;
  } catch { /* the room may be back in a moment */ }
  wait = Math.min(wait * 1.3, 2000);
  setTimeout(look, wait);
}
setTimeout(look, wait);
