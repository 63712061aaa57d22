// Keeps what a student types in this browser until it is handed in, so that an expired session, a
// closed tab or a lost connection loses nothing. Kept by person; signing out takes all of it away.
const PREFIX = "xgrad-draft/";
const LONGEST_MS = 30 * 86400 * 1000;
const KINDS = new Set(["text", "textarea", "radio", "checkbox"]); // no file can be kept

let leaving = false; // signing out: the page is still to be left, and must keep nothing

const inputs = (form) => [...form.elements].filter(
    // Which files are handed in again is for the page to say: an old draft knows of none.
    (one) => one.name && KINDS.has(one.type) && !/^(keep|sent)\./.test(one.name),
  );
const isChoice = (input) => input.type === "radio" || input.type === "checkbox";
const changed = (input) =>
  isChoice(input) ? input.checked !== input.defaultChecked : input.value !== input.defaultValue;

function stored(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key));
    return draft && Date.now() - draft.at < LONGEST_MS ? draft.values : null;
  } catch {
    return null; // no storage here, or nothing of ours in it
  }
}

function save(form, key) {
  if (leaving) return;
  const values = {};
  for (const input of inputs(form)) {
    if (isChoice(input) ? input.checked : input.value) {
      (values[input.name] ??= []).push(input.value);
    }
  }
  try {
    if ("kept" in form.dataset || inputs(form).some(changed)) {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
    } else localStorage.removeItem(key);
  } catch {
    // Full or forbidden: the page works without.
  }
}

function restore(form, values) {
  for (const input of inputs(form)) {
    const mine = values[input.name] ?? [];
    if (isChoice(input)) input.checked = mine.includes(input.value);
    else input.value = mine[0] ?? "";
    const folded = input.closest("details");
    if (folded && input.value) folded.open = true;
  }
}

function forget(wanted) {
  try {
    Object.keys(localStorage).filter(wanted).forEach((key) => localStorage.removeItem(key));
  } catch {
    // Nothing is kept where nothing may be kept.
  }
}

const form = document.querySelector("[data-draft]");
if (form && inputs(form).length) {
  const key = PREFIX + form.dataset.draft;
  const values = stored(key);
  // After a refusal the server shows again what was sent, which is newer.
  if (values && !("kept" in form.dataset)) {
    restore(form, values);
    const note = form.querySelector("[data-restored]");
    note.hidden = !inputs(form).some(changed);
    note.querySelector("button").addEventListener("click", () => {
      forget((one) => one === key);
      form.reset();
      note.hidden = true;
    });
  }
  let timer = 0;
  const later = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => save(form, key), 300);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => save(form, key));
  window.addEventListener("pagehide", () => save(form, key));
}

const done = document.querySelector("[data-handed-in]");
if (done) forget((key) => key === PREFIX + done.dataset.handedIn);

document.querySelector("[data-sign-out]")?.addEventListener("submit", () => {
  leaving = true;
  forget((key) => key.startsWith(PREFIX));
});
