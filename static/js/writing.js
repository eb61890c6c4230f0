// The editor of a post's text, in the admin. It improves a textarea that works without
// it, and stays away from texts it would not give back whole (see blog/forms.py).
import {
  Blockquote, Bold, BulletList, Caption, Code, CodeBlock, Document, Dropcursor, Editor,
  Extension, Figure, Fullscreen, Gapcursor, HardBreak, Heading, History, HorizontalRule, Image,
  Italic, Link, ListItem, Mark, Menu, OrderedList, Paragraph, SpecialCharacters, Strike,
  Subscript, Superscript, Table, TableCell, TableHeader, TableRow, Text, TrailingNode,
  Node,
} from "../django_prose_editor/editor.js";
import { ask } from "./asking.js";
import { cleaned } from "./pasted.js";

const words = JSON.parse(document.getElementById("writing-words")?.textContent ?? "{}");

// The empty line that the editor keeps at the end, to have somewhere to go on.
const EMPTY_END = /(<p><\/p>)+$/;

// What has no button, but must come back from the editor as it went in.
const KEPT_MARKS = ["abbr", "cite", "ins", "kbd", "mark", "q", "small", "u"].map((tag) =>
  Mark.create({
    name: tag,
    parseHTML: () => [{ tag }],
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
    addAttributes: () => ({ title: { default: null }, lang: { default: null } }),
  }));

const PassageInLanguage = Mark.create({
  name: "passageInLanguage",
  parseHTML: () => [{ tag: "span[lang]" }],
  renderHTML: ({ HTMLAttributes }) => ["span", HTMLAttributes, 0],
  addAttributes: () => ({ lang: { default: null } }),
});

const LanguageOfBlocks = Extension.create({
  name: "languageOfBlocks",
  addGlobalAttributes: () => [{
    types: ["paragraph", "heading", "blockquote", "bulletList", "orderedList", "listItem",
      "codeBlock", "figure", "caption", "table", "tableCell", "tableHeader"],
    attributes: { lang: { default: null } },
  }],
});

// Footnotes go by names, in both directions.
const Names = Extension.create({
  name: "names",
  addGlobalAttributes: () => [{
    types: ["paragraph", "listItem", "superscript", "link"],
    attributes: { id: { default: null } },
  }],
});

const LinkCard = Node.create({
  name: "linkCard",
  group: "block",
  content: "paragraph+",
  parseHTML: () => [{ tag: "aside" }],
  renderHTML: () => ["aside", 0],
});

function extensions(textarea) {
  return [
    Document, Paragraph, Text, HardBreak, Dropcursor, Gapcursor, History, TrailingNode,
    Menu, Fullscreen, SpecialCharacters, Bold, Italic, Strike, Subscript,
    Superscript, Code, CodeBlock, Blockquote, BulletList, OrderedList, ListItem,
    HorizontalRule, ...KEPT_MARKS, PassageInLanguage, LanguageOfBlocks, Names, LinkCard, Caption, Image, Table, TableRow, TableHeader, TableCell,
    Heading.configure({ levels: [2, 3, 4] }),
    Link.configure({ enableTarget: false, autolink: false }),
    Figure.configure({
      pickerUrl: `${textarea.dataset.pictures}?language=${textarea.lang}`,
    }),
  ];
}

function edit(textarea) {
  const frame = document.createElement("div");
  frame.className = "prose-editor writing";
  textarea.before(frame);
  frame.append(textarea);
  const editor = new Editor({
    element: frame,
    extensions: extensions(textarea),
    content: textarea.value,
    injectCSS: false, // our content security policy forbids style elements
    editorProps: {
      attributes: {
        lang: textarea.lang,
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": document.querySelector(`label[for="${textarea.id}"]`)?.textContent ?? "",
      },
      transformPastedHTML: cleaned,
      handlePaste: (_view, event) => takePictures(editor, textarea, event.clipboardData),
      handleDrop: (_view, event) => takePictures(editor, textarea, event.dataTransfer),
    },
    onUpdate({ editor }) {
      textarea.value = editor.getHTML().replace(EMPTY_END, "");
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  tools(editor, textarea, frame);
  document.querySelector(`label[for="${textarea.id}"]`)
    ?.addEventListener("click", () => editor.commands.focus());
}

function tools(editor, textarea, frame) {
  const bar = document.createElement("div");
  bar.className = "writing-tools";
  const add = (label, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => act(button));
    bar.append(button);
  };
  if (textarea.dataset.send) {
    add(words.picture, () => {
      const chooser = document.createElement("input");
      chooser.type = "file";
      chooser.accept = "image/*";
      chooser.addEventListener("change", () => sendPicture(editor, textarea, chooser.files[0]));
      chooser.click();
    });
  }
  add(words.footnote, () => footnote(editor));
  add(words.card, () => linkCard(editor));
  add(words.language, () => passage(editor));
  add(words.source, (button) => toggleSource(editor, textarea, frame, button));
  frame.after(bar);
}

// Word sends a picture of the text beside the text: then the text is what was meant.
function takePictures(editor, textarea, data) {
  const files = [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));
  if (!files.length || !textarea.dataset.send || data.getData("text/plain").trim()) return false;
  (async () => {
    for (const file of files) await sendPicture(editor, textarea, file);
  })();
  return true;
}

async function sendPicture(editor, textarea, file) {
  let sent;
  const lang = textarea.lang;
  const answers = await ask({
    title: words.picture,
    words,
    before: await shown(file),
    fields: [
      { name: "alt", label: words.describe, type: "textarea", lang },
      { name: "is_decorative", label: words.decorative, type: "checkbox" },
      { name: "caption", label: words.caption, lang },
    ],
    async check(answers) {
      const fields = new FormData();
      fields.append("file", file);
      fields.append("language", lang);
      for (const name of ["alt", "caption"]) fields.append(name, answers[name]);
      if (answers.is_decorative) fields.append("is_decorative", "on");
      fields.append("csrfmiddlewaretoken", textarea.form.elements.csrfmiddlewaretoken.value);
      try {
        const response = await fetch(textarea.dataset.send, { method: "POST", body: fields, redirect: "error" });
        sent = await response.json();
      } catch {
        return words.not_sent;
      }
      return sent.error ?? "";
    },
  });
  if (!answers) return;
  const content = [{ type: "image", attrs: { src: sent.url, alt: sent.alt } }];
  if (answers.caption) content.push({ type: "caption", content: [{ type: "text", text: answers.caption }] });
  editor.chain().focus().insertContent({ type: "figure", content }).run();
}

function shown(file) {
  return new Promise((resolve) => {
    const picture = document.createElement("img");
    picture.alt = "";
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      picture.src = reader.result;
      resolve(picture);
    });
    reader.addEventListener("error", () => resolve(null));
    reader.readAsDataURL(file);
  });
}

// A reference where the cursor is, and its note in the list at the end. Notes are
// numbered as they stand in the text, so those after a new one are numbered again.
async function footnote(editor) {
  const answers = await ask({
    title: words.footnote,
    words,
    fields: [{ name: "note", label: words.footnote_text, type: "textarea", required: true }],
  });
  if (!answers?.note) return;
  const at = editor.state.selection.to;
  const before = references(editor).filter(({ pos }) => pos < at).length;
  const name = `fn-${Date.now().toString(36)}`;
  editor.chain().focus().insertContentAt(at, {
    type: "text",
    text: String(before + 1),
    marks: [{ type: "superscript", attrs: { id: `fnref-${name.slice(3)}` } },
      { type: "link", attrs: { href: `#${name}` } }],
  }).unsetMark("superscript").unsetMark("link").run();
  const note = {
    type: "listItem",
    attrs: { id: name },
    content: [{
      type: "paragraph",
      content: [{ type: "text", text: `${answers.note} ` },
        { type: "text", text: "↩", marks: [{ type: "link", attrs: { href: `#fnref-${name.slice(3)}` } }] }],
    }],
  };
  const place = placeOfNote(editor, before);
  // The cursor stays behind the reference, where the sentence goes on.
  const stay = { updateSelection: false };
  if (place === null) editor.commands.insertContentAt(editor.state.doc.content.size, [{ type: "horizontalRule" }, { type: "orderedList", content: [note] }], stay);
  else editor.commands.insertContentAt(place, note, stay);
  renumber(editor);
  editor.chain().focus().setTextSelection(at + String(before + 1).length).run();
}

function references(editor) {
  const found = [];
  editor.state.doc.descendants((node, pos) => {
    const link = node.marks.find((mark) => mark.type.name === "link");
    if (node.isText && link?.attrs.href?.startsWith("#fn-") && node.marks.some((mark) => mark.type.name === "superscript")) {
      found.push({ node, pos });
    }
  });
  return found;
}

function placeOfNote(editor, before) {
  const notes = [];
  editor.state.doc.descendants((node, pos) => {
    if (node.type.name === "listItem" && node.attrs.id?.startsWith("fn-")) notes.push({ node, pos });
  });
  if (!notes.length) return null;
  return before < notes.length ? notes[before].pos : notes.at(-1).pos + notes.at(-1).node.nodeSize;
}

function renumber(editor) {
  const change = editor.state.tr;
  references(editor).reverse().forEach(({ node, pos }, index, all) => {
    const text = String(all.length - index);
    if (node.text !== text) change.replaceWith(pos, pos + node.nodeSize, editor.schema.text(text, node.marks));
  });
  if (change.docChanged) editor.view.dispatch(change);
}

async function linkCard(editor) {
  const { from, to } = editor.state.selection;
  const answers = await ask({
    title: words.card,
    words,
    fields: [
      { name: "address", label: words.card_address, type: "url", required: true },
      { name: "title", label: words.card_title, required: true, value: editor.state.doc.textBetween(from, to, " ") },
      { name: "line", label: words.card_text },
    ],
  });
  if (!answers) return;
  const content = [{
    type: "paragraph",
    content: [{ type: "text", text: answers.title, marks: [{ type: "link", attrs: { href: answers.address } }] }],
  }];
  if (answers.line) content.push({ type: "paragraph", content: [{ type: "text", text: answers.line }] });
  editor.chain().focus().insertContent({ type: "linkCard", content }).run();
}

async function passage(editor) {
  if (editor.state.selection.empty) editor.commands.extendMarkRange("passageInLanguage");
  const answers = await ask({
    title: words.language,
    words,
    fields: [{
      name: "lang", label: words.language, type: "select",
      value: editor.getAttributes("passageInLanguage").lang ?? "",
      options: [["", words.no_language], ["fr", words.fr], ["en", words.en],
        ["de", "Deutsch"], ["it", "Italiano"], ["es", "Español"], ["la", "Latina"]],
    }],
  });
  if (!answers) return;
  const chain = editor.chain().focus();
  if (answers.lang) chain.setMark("passageInLanguage", { lang: answers.lang }).run();
  else chain.unsetMark("passageInLanguage").run();
}

// The source as it is stored. Going back without a change leaves it so to the last byte.
function toggleSource(editor, textarea, frame, button) {
  const showsSource = frame.classList.toggle("shows-source");
  button.setAttribute("aria-pressed", String(showsSource));
  if (showsSource) {
    textarea.dataset.opened = textarea.value;
    textarea.focus();
  } else if (textarea.value !== textarea.dataset.opened) {
    editor.commands.setContent(textarea.value);
  }
}

document.querySelectorAll("textarea[data-writing]").forEach(edit);
