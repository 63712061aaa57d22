// Swagger UI over our own document, from our own files.
window.SwaggerUIBundle({
  url: document.getElementById("docs").dataset.spec,
  dom_id: "#docs",
  deepLinking: true,
  validatorUrl: null,
});
