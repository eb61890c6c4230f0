// A small window that asks for a few things before something is put into a text.

// Returns what was answered, {name: value}, or null. Each field: {name, label, value,
// type: text|textarea|url|checkbox|select, options, required}.
export function ask({ title, fields, words, before = null, check = async () => "" }) {
  return new Promise((resolve) => {
    const dialog = document.createElement("dialog");
    dialog.className = "writing-dialog";
    const form = document.createElement("form");
    form.method = "dialog";
    const heading = document.createElement("h2");
    heading.textContent = title;
    form.append(heading);
    if (before) form.append(before);
    for (const field of fields) form.append(row(field));
    const trouble = document.createElement("p");
    trouble.className = "errornote";
    trouble.hidden = true;
    trouble.setAttribute("role", "alert");
    const insert = button(words.insert, "submit", "button default");
    const cancel = button(words.cancel, "button", "button quiet");
    const buttons = document.createElement("p");
    buttons.className = "writing-dialog-buttons";
    buttons.append(insert, cancel);
    form.append(trouble, buttons);
    dialog.append(form);
    let answer = null;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const answers = Object.fromEntries(fields.map(({ name }) => {
        const box = form.elements[name];
        return [name, box.type === "checkbox" ? box.checked : box.value.trim()];
      }));
      insert.disabled = true;
      trouble.hidden = true;
      const problem = await check(answers);
      insert.disabled = false;
      if (problem) {
        trouble.textContent = problem;
        trouble.hidden = false;
        return;
      }
      answer = answers;
      dialog.close();
    });
    cancel.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

function button(text, type, style) {
  const element = document.createElement("button");
  element.type = type;
  element.className = style;
  element.textContent = text;
  return element;
}

function row({ name, label, type = "text", value = "", options = [], required = false, lang = "" }) {
  const paragraph = document.createElement("p");
  const caption = document.createElement("label");
  const box = document.createElement(
    type === "textarea" ? "textarea" : type === "select" ? "select" : "input");
  box.name = name;
  box.required = required;
  if (lang) box.lang = lang;
  if (box.tagName === "INPUT") box.type = type;
  for (const [key, text] of options) box.add(new Option(text, key));
  if (type !== "checkbox") box.value = value;
  if (type === "textarea") box.rows = 2;
  caption.append(...(type === "checkbox" ? [box, ` ${label}`] : [label, box]));
  paragraph.append(caption);
  return paragraph;
}
