// The editor of a post's text, in the admin. It improves a textarea that works without
// it, and stays away from texts it would not give back whole (see blog/forms.py).
import {
  Blockquote, Bold, BulletList, Caption, Code, CodeBlock, Document, Dropcursor, Editor,
  Extension, Figure, Fullscreen, Gapcursor, HTML, HardBreak, Heading, History, HorizontalRule, Image,
  Italic, Link, ListItem, Mark, Menu, OrderedList, Paragraph, SpecialCharacters, Strike,
  Subscript, Superscript, Table, TableCell, TableHeader, TableRow, Text, TrailingNode,
} from "../django_prose_editor/editor.js";

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

function extensions(textarea) {
  return [
    Document, Paragraph, Text, HardBreak, Dropcursor, Gapcursor, History, TrailingNode,
    Menu, HTML, Fullscreen, SpecialCharacters, Bold, Italic, Strike, Subscript,
    Superscript, Code, CodeBlock, Blockquote, BulletList, OrderedList, ListItem,
    HorizontalRule, ...KEPT_MARKS, PassageInLanguage, LanguageOfBlocks, Caption, Image, Table, TableRow, TableHeader, TableCell,
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
    },
    onUpdate({ editor }) {
      textarea.value = editor.getHTML().replace(EMPTY_END, "");
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  document.querySelector(`label[for="${textarea.id}"]`)
    ?.addEventListener("click", () => editor.commands.focus());
}

document.querySelectorAll("textarea[data-writing]").forEach(edit);
