// The answer form: says at once when a file is too large, and sends only once.
const form = document.querySelector("[data-answers]");

function checkSize(input) {
  const limit = Number(form.dataset.maxBytes);
  const file = input.files[0];
  const large = Boolean(file) && file.size > limit;
  const megabytes = (bytes) => (bytes / 1048576).toFixed(1);
  input.setCustomValidity(
    large
      ? `${file.name} has ${megabytes(file.size)} MB; the limit is ${megabytes(limit)} MB. Choose a smaller file.`
      : "",
  );
  if (large) input.reportValidity();
}

if (form) {
  form.querySelectorAll('input[type="file"]').forEach((input) => {
    input.addEventListener("change", () => checkSize(input));
  });
  form.addEventListener("submit", () => {
    const button = form.querySelector("[data-send]");
    button.disabled = true;
    button.querySelector("[data-words]").textContent = "Sending…";
  });
  // Coming back by the history must not leave the button dead.
  window.addEventListener("pageshow", () => {
    form.querySelector("[data-send]").disabled = false;
  });
}
