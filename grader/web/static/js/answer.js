// The answer form: says at once when a file is too large, and sends only once.
const form = document.querySelector("[data-answers]");
const megabytes = (bytes) => (bytes / 1048576).toFixed(1);

function checkSize(input) {
  const limit = Number(form.dataset.maxBytes);
  const size = [...input.files].reduce((sum, file) => sum + file.size, 0);
  const large = size > limit;
  input.setCustomValidity(
    large
      ? `${input.files[0].name} has ${megabytes(size)} MB; the limit is ${megabytes(limit)} MB. Choose less.`
      : "",
  );
  return !large;
}

if (form) {
  const files = [...form.querySelectorAll('input[type="file"]')];
  const button = form.querySelector("[data-send]"); // none while nothing may be handed in
  files.forEach((input) => {
    input.addEventListener("change", () => checkSize(input) || input.reportValidity());
  });
  form.addEventListener("submit", (event) => {
    // A file of a kind that was not chosen in the end is not sent.
    files.forEach((input) => (input.disabled = input.offsetParent === null));
    const large = files.find((input) => !input.disabled && !checkSize(input));
    if (large) {
      event.preventDefault();
      large.reportValidity();
      return;
    }
    button.disabled = true;
    button.querySelector("[data-words]").textContent = "Sending…";
  });
  // Coming back by the history must not leave the button dead.
  window.addEventListener("pageshow", () => {
    if (!button) return;
    button.disabled = false;
    files.forEach((input) => (input.disabled = false));
  });
}
