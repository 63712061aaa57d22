// The answer form: says at once when a file is too large, warns of gaps, and sends only once.
const form = document.querySelector("[data-answers]");
const readable = (bytes) =>
  bytes < 1048576 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1048576).toFixed(1)} MB`;

function limitOf(input, file) {
  const limits = JSON.parse(input.dataset.maxKb);
  const ending = Object.keys(limits).find((one) => file.name.toLowerCase().endsWith(one));
  return Math.min(Number(form.dataset.maxBytes), limits[ending ?? "*"] * 1024);
}

function checkSize(input) {
  const large = [...input.files].find((file) => file.size > limitOf(input, file));
  input.setCustomValidity(
    large
      ? `${large.name} has ${readable(large.size)}; the limit is ${readable(limitOf(input, large))}. Choose less.`
      : "",
  );
  return !large;
}

function answered(section) {
  const { question, kind: first } = section.dataset;
  const kind = form.querySelector(`[name="kind.${question}"]:checked`)?.value ?? first;
  const names = ["text", "pick", "file", "keep", "sent"].map((one) => `${one}.${question}.${kind}`);
  if (kind === "code") names.push(`code.${question}`);
  return [...section.querySelectorAll("[name]")]
    .filter((input) => names.includes(input.name))
    .some((input) => (/radio|checkbox/.test(input.type) ? input.checked : input.value.trim()));
}

function gaps() {
  const asked = [...form.querySelectorAll("[data-question]:not([data-optional])")];
  return asked.filter((section) => !answered(section));
}

function warn(box, empty) {
  const links = empty.map((section) => {
    const link = document.createElement("a");
    link.href = `#${section.id}`;
    link.textContent = section.querySelector("h2").textContent;
    return link;
  });
  const listed = links.flatMap((link, at) => (at ? [", ", link] : [link]));
  const words = document.createElement("div");
  words.append("Not answered yet: ", ...listed, ". These get no points in this attempt.");
  box.replaceChildren(words);
  box.hidden = false;
}

if (form) {
  const files = [...form.querySelectorAll('input[type="file"]')];
  const button = form.querySelector("[data-send]"); // none while nothing may be handed in
  const box = form.querySelector("[data-gaps]");
  let warned = "";
  const say = (words) => (button.querySelector("[data-words]").textContent = words);
  files.forEach((input) => {
    input.addEventListener("change", () => checkSize(input) || input.reportValidity());
  });
  form.addEventListener("submit", (event) => {
    // A file of a kind that was not chosen in the end is not sent.
    files.forEach((input) => (input.disabled = input.offsetParent === null));
    const large = files.find((input) => !input.disabled && !checkSize(input));
    const empty = gaps();
    const named = empty.map((section) => section.id).join();
    if (large || (empty.length && named !== warned)) {
      event.preventDefault();
      files.forEach((input) => (input.disabled = false));
      if (large) {
        large.reportValidity();
        return;
      }
      warned = named;
      warn(box, empty);
      say("Hand in anyway");
      return;
    }
    button.disabled = true;
    say("Sending…");
  });
  // Coming back by the history must not leave the button dead.
  window.addEventListener("pageshow", () => {
    if (!button) return;
    button.disabled = false;
    files.forEach((input) => (input.disabled = false));
  });
}
