// Says what the boxes with completion are for: select2 draws its own in the place of a
// labelled one, and does not carry its label over.
const PARTS =
  ".select2-selection--single, .select2-selection__rendered[role], .select2-search__field";

function name(part, label) {
  part.setAttribute("aria-label", label);
}

function watch($, select, label) {
  const drawn = () => {
    const box = select.nextElementSibling;
    for (const part of box.querySelectorAll(PARTS)) name(part, label);
    // It stands in a list, and is none of its items.
    box.querySelector("ul > .select2-selection__clear")?.remove();
  };
  drawn();
  $(select).on("change", drawn).on("select2:open", () => {
    for (const part of document.querySelectorAll(".select2-dropdown input")) name(part, label);
  });
}

// Once Django's own script, which waits for the same moment, has drawn them.
window.django?.jQuery(($) => {
  for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
    const label = document.querySelector(`label[for="${select.id}"]`);
    if (label) watch($, select, label.textContent.replace(/[\s:]+$/, ""));
  }
});
