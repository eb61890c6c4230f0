// A link to a comment that has moved to another page of a long talk is followed there.
const lost = /^#c(\d+)$/.exec(location.hash);
if (lost && document.querySelector(".thread + .pages") && !document.querySelector(lost[0])) {
  const permalink = `/${document.documentElement.lang}/comments/${lost[1]}/`;
  fetch(permalink, { method: "HEAD" }).then((found) => {
    if (found.ok) location.replace(found.url.split("#")[0] + lost[0]);
  });
}

// The form comes under the comment that is being answered. Without this script, the
// same link leads to a page with the form on it.
const write = document.querySelector("#write");
const form = write?.querySelector("form");

if (form) {
  const heading = write.querySelector("h2");
  const place = document.createComment("");
  const before = heading.textContent;
  const cancel = Object.assign(document.createElement("button"), {
    type: "button", className: "cancel", textContent: write.dataset.cancel,
  });
  let link = null;

  write.before(place);

  function home() {
    form.elements.reply_to.value = 0;
    heading.textContent = before;
    cancel.remove();
    place.after(write);
    link?.focus();
    link = null;
  }

  document.addEventListener("click", (event) => {
    const asked = event.target.closest(".remark-actions a");
    if (!asked || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    link = asked;
    const remark = asked.closest(".remark");
    const name = remark.querySelector(".p-name").textContent;
    form.elements.reply_to.value = remark.id.slice(1);
    heading.textContent = write.dataset.answer.replace("%s", name);
    form.querySelector("[type=submit]").after(cancel);
    remark.append(write);
    form.elements.comment.focus();
  });
  cancel.addEventListener("click", home);
  write.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && link) home();
  });
}
