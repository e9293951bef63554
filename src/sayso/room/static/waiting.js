// Looks whether an answer has come that takes a while, and shows the page anew when it has.
let wait = 400;

async function look() {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (answer.status !== 202) return location.reload();
  } catch { /* the room may be back in a moment */ }
  wait = Math.min(wait * 1.4, 3000);
  setTimeout(look, wait);
}
setTimeout(look, wait);
