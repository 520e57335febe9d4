// The board works without this. With it, the search narrows the rows while one types, and a word is not given twice by a double click.
for (const field of document.querySelectorAll("[data-filter]")) {
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of document.querySelectorAll(field.dataset.filter)) {
      row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
    }
    for (const section of document.querySelectorAll("main section")) {
      section.hidden = !section.querySelector("tbody tr:not([hidden])");
    }
  });
}
for (const form of document.querySelectorAll('form[method="post"]')) {
  form.addEventListener("submit", () => setTimeout(() => form.querySelectorAll("button").forEach((button) => (button.disabled = true))));
}
