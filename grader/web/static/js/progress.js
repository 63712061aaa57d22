// Follows one submission until its result is stored: live events, and polling that never stops
// for good, so a lost connection cannot leave the page waiting.
const panel = document.querySelector("[data-progress]");
const WORDS = {
  queued: (place) => (place > 1 ? `Place ${place} in the queue` : "You are next in the queue"),
  running: () => "Being graded now",
};
const ORDER = ["queued", "running", "final"];
const SLOWEST_MS = 15000;
let wait = 1000;
let timer = 0;
let done = false;

function paint(state, place) {
  const at = ORDER.indexOf(state) < 0 ? 2 : ORDER.indexOf(state);
  panel.querySelectorAll("[data-of]").forEach((step, index) => {
    step.dataset.step = index < at ? "done" : index === at ? "now" : "later";
    if (index === at) step.setAttribute("aria-current", "step");
    else step.removeAttribute("aria-current");
  });
  const words = WORDS[state] ? WORDS[state](place) : "The result is here";
  const status = panel.querySelector("[data-status]");
  if (status.textContent !== words) status.textContent = words;
}

function heard({ state, queue_position: place, final }) {
  if (done) return;
  paint(final ? "final" : state, place);
  if (!final) return;
  done = true;
  window.clearTimeout(timer);
  window.location.reload();
}

async function poll() {
  window.clearTimeout(timer);
  if (done) return;
  try {
    const answer = await fetch(panel.dataset.state, { headers: { Accept: "application/json" } });
    if (answer.ok) heard(await answer.json());
    else if (answer.status === 401) window.location.reload();
  } catch {
    // The network may be back at the next turn.
  }
  wait = Math.min(wait * 1.6, SLOWEST_MS);
  if (!done) timer = window.setTimeout(poll, wait * (0.8 + 0.4 * Math.random()));
}

function listen() {
  const source = new EventSource(panel.dataset.events);
  source.addEventListener("state", (event) => {
    heard(JSON.parse(event.data));
    wait = SLOWEST_MS / 2;
    if (done) source.close();
  });
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED) wait = 1000;
  });
}

if (panel) {
  listen();
  timer = window.setTimeout(poll, wait);
  window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") poll();
  });
}
