// What Word and Google Docs put on the clipboard, made into the few tags a text needs.
// The server cleans what is saved all the same (blog/html.py).
const RENAMED = { H1: "h2", H5: "h4", H6: "h4" };
const STYLED_CLASSES = { MsoTitle: "h2", MsoSubtitle: "h3", MsoQuote: "blockquote", MsoIntenseQuote: "blockquote" };
const NUMBER = /^\s*(\d+|[a-z]|[ivxlc]+)[.)]/i;

export function cleaned(html) {
  const page = new DOMParser().parseFromString(quiet(withoutComments(html)), "text/html");
  const body = page.body;
  for (const element of body.querySelectorAll("style, script, meta, link, title, xml")) element.remove();
  makeLists(body);
  for (const element of [...body.querySelectorAll("*")]) {
    if (element.tagName.includes(":")) element.replaceWith(...element.childNodes);
  }
  for (const [name, tag] of Object.entries(STYLED_CLASSES)) {
    for (const element of body.querySelectorAll(`p.${name}`)) rename(element, tag);
  }
  for (const [old, tag] of Object.entries(RENAMED)) {
    for (const element of body.querySelectorAll(old)) rename(element, tag);
  }
  // Google Docs puts all of it into one <b> that is not bold.
  for (const element of body.querySelectorAll("b")) {
    if (/(^|;)font-weight:normal/.test(styleOf(element))) element.replaceWith(...element.childNodes);
  }
  for (const line of body.querySelectorAll(":scope > br")) line.remove();
  for (const span of body.querySelectorAll("span[data-style], font[data-style]")) emphasis(span);
  for (const link of body.querySelectorAll("a")) address(link);
  for (const picture of body.querySelectorAll("img")) {
    // A picture of somebody else's, or on the writer's own disk: nobody would see it.
    if (!picture.getAttribute("src")?.startsWith("/media/")) picture.remove();
  }
  for (const element of body.querySelectorAll("*")) {
    for (const name of ["class", "data-style", "id", "dir", "align", "width", "height", "lang"]) {
      if (element.tagName !== "IMG") element.removeAttribute(name);
    }
  }
  for (const block of [...body.querySelectorAll("p, h2, h3, h4, span")].reverse()) {
    if (!block.textContent.trim() && !block.querySelector("img, br, table")) block.remove();
  }
  for (const paragraph of body.querySelectorAll("li > p:only-of-type")) {
    if (paragraph.children.length === 1 && paragraph.firstChild.nodeName === "BR") paragraph.remove();
  }
  return body.innerHTML;
}

// Styles are read, never applied: our content security policy would complain of each.
function quiet(html) {
  return html
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/(<[a-z][^<>]*?\s)style\s*=/gi, "$1data-style=");
}

function styleOf(element) {
  return (element.dataset.style ?? "").replace(/\s/g, "");
}

function withoutComments(html) {
  // Word's conditional comments hold the bullets, which makeLists knows without them.
  return html
    .replace(/<!--\[if !supportLists\]-->|<!\[if !supportLists\]>/g, "<span data-bullet>")
    .replace(/<!--\[endif\]-->|<!\[endif\]>/g, (mark, at, whole) =>
      whole.lastIndexOf("<span data-bullet>", at) > whole.lastIndexOf("endif", at - 1) ? "</span>" : "")
    .replace(/<!--[\s\S]*?-->/g, "");
}

function rename(element, tag) {
  const renamed = element.ownerDocument.createElement(tag);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
}

// Word has no lists: paragraphs say in their style which list and level they are of.
function makeLists(body) {
  const items = [...body.querySelectorAll("p")].filter((p) => /mso-list:l\d+/.test(styleOf(p)));
  const open = []; // the lists the next item may go on, outermost first
  let previous = null;
  for (const paragraph of items) {
    const level = Number(/level(\d+)/.exec(styleOf(paragraph))?.[1] ?? 1);
    const bullet = paragraph.querySelector("[data-bullet], [data-style*='mso-list:Ignore']");
    const tag = NUMBER.test(bullet?.textContent ?? "") ? "ol" : "ul";
    bullet?.remove();
    if (previous && paragraph.previousElementSibling !== previous) open.length = 0;
    open.length = Math.min(open.length, level);
    while (open.length < level) {
      const list = body.ownerDocument.createElement(tag);
      const outer = open.at(-1)?.lastElementChild;
      if (outer) outer.append(list);
      else if (open.length === 0) paragraph.before(list);
      else break;
      open.push(list);
    }
    const item = body.ownerDocument.createElement("li");
    item.append(...paragraph.childNodes);
    open.at(-1).append(item);
    paragraph.remove();
    previous = open[0];
  }
}

function emphasis(span) {
  const style = styleOf(span);
  const tags = [];
  if (/font-weight:(bold|[6-9]00)/.test(style)) tags.push("strong");
  if (/font-style:italic/.test(style)) tags.push("em");
  if (/text-decoration:[^;]*line-through/.test(style)) tags.push("s");
  if (/vertical-align:super/.test(style)) tags.push("sup");
  if (/vertical-align:sub/.test(style)) tags.push("sub");
  const heading = span.closest("h1, h2, h3, h4");
  let inner = [...span.childNodes];
  for (const tag of heading ? tags.filter((name) => name !== "strong") : tags) {
    const element = span.ownerDocument.createElement(tag);
    element.append(...inner);
    inner = [element];
  }
  span.replaceWith(...inner);
}

function address(link) {
  let href = link.getAttribute("href") ?? "";
  const through = /^https:\/\/www\.google\.com\/url\?q=([^&]+)/.exec(href);
  if (through) href = decodeURIComponent(through[1]);
  if (/^(https?:|mailto:|\/|#)/.test(href) && !/^#_(msocom|Toc|ftn)/i.test(href)) link.setAttribute("href", href);
  else link.replaceWith(...link.childNodes);
}
