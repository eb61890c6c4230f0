// The moderation desk by keyboard: one key decides, and the next comment is there at
// once. Every form works without this. What was pressed is sent in its order, one after
// the other; what could not be decided comes back to its place.
const queue = document.querySelector("#queue");
const words = document.querySelector("#words")?.dataset;
const telling = document.querySelector("#telling");
const waiting = document.querySelector("#waiting");
const together = document.querySelector("#together");

const undoable = []; // {url, cards}, the latest last
let sending = Promise.resolve();

// Where we are ---------------------------------------------------------------------

const cards = () => [...queue.querySelectorAll(".card:not([hidden])")];
const current = () => document.activeElement?.closest(".card:not([hidden])") ?? lastSeen();
let seen = null;
queue?.addEventListener("focusin", (event) => {
  seen = event.target.closest(".card") ?? seen;
  document.querySelector(".card.is-current")?.classList.remove("is-current");
  seen?.classList.add("is-current");
});

function lastSeen() {
  return seen?.isConnected && !seen.hidden ? seen : null;
}

function goTo(card) {
  if (!card) return;
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

function neighbour(card, step) {
  const all = cards();
  return all[card ? all.indexOf(card) + step : 0];
}

// What is told ---------------------------------------------------------------------

function tell(sentence, ...actions) {
  const line = document.createElement("p");
  line.append(sentence, ...actions.flatMap((action) => [" ", action]));
  telling.replaceChildren(line);
}

function undoButton() {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words.undo;
  button.addEventListener("click", undo);
  return button;
}

function signInLink() {
  const link = document.createElement("a");
  link.href = `/admin/login/?next=${encodeURIComponent(location.pathname)}`;
  link.target = "_blank";
  link.textContent = words.signIn;
  return link;
}

function countDown(by) {
  const left = Math.max(0, Number(waiting.dataset.waiting) - by);
  waiting.dataset.waiting = left;
  const sentence = left === 0 ? words.allDone : left === 1 ? words.one : words.many;
  waiting.textContent = sentence.replace(/\d+/, left);
}

// Sending --------------------------------------------------------------------------

// After signing in again in another window only the cookie knows the new token.
function token() {
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return cookie?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]").value;
}

function lookAgainLink(card) {
  const link = document.createElement("a");
  link.href = card.querySelector("a.open").href;
  link.textContent = words.lookAgain;
  return link;
}

async function post(url, data) {
  let response;
  try {
    response = await fetch(url, {
      method: "POST",
      body: data,
      redirect: "manual",
      headers: { Accept: "application/json", "X-CSRFToken": token() },
    });
  } catch {
    return { failed: true, told: words.offline };
  }
  if (response.type === "opaqueredirect")
    return { failed: true, told: words.signedOut, action: signInLink() };
  if (response.status === 403) return { failed: true, told: words.refused, action: signInLink() };
  if (response.ok || response.status === 409)
    return { ...(await response.json()), isLate: response.status === 409 };
  if (response.status === 412)
    return { ...(await response.json()), failed: true, isChanged: true };
  return { failed: true, told: words.broken };
}

function inTurn(work) {
  sending = sending.then(work, work);
  return sending;
}

function putAway(card) {
  card.hidden = true;
  const group = card.closest(".group");
  group.hidden = !group.querySelector(".card:not([hidden])");
  const pick = card.querySelector("[name=comment]");
  if (pick?.checked) {
    pick.checked = false;
    showTogether();
  }
}

function bringBack(card, sentence) {
  card.hidden = false;
  card.closest(".group").hidden = false;
  card.querySelector(".came-back")?.remove();
  if (!sentence) return;
  const line = document.createElement("p");
  line.className = "came-back error";
  line.textContent = sentence;
  card.append(line);
}

function decide(card, data) {
  const url = card.querySelector(".card-decide").action;
  const wroteLetter = card.querySelector(".letter");
  const next = neighbour(card, 1) ?? neighbour(card, -1);
  putAway(card);
  goTo(next);
  fetchMore();
  inTurn(async () => {
    const answer = await post(url, data);
    if (answer.failed) {
      bringBack(card, answer.told);
      const action = answer.isChanged ? lookAgainLink(card) : answer.action;
      return tell(answer.told, ...(action ? [action] : []));
    }
    countDown(1);
    if (answer.isLate) {
      // Somebody else was first: who, and what. A letter that was typed stays in sight.
      if (wroteLetter) {
        bringBack(card, answer.told);
        card.querySelectorAll("button").forEach((button) => (button.disabled = true));
      }
      return tell(answer.told);
    }
    undoable.push({ url: answer.undo, cards: [card] });
    return tell(answer.told, undoButton());
  });
}

function undo() {
  inTurn(async () => {
    const last = undoable.pop();
    if (!last) return tell(words.nothingToUndo);
    const answer = await post(last.url, new FormData());
    if (answer.failed) {
      undoable.push(last);
      return tell(answer.told, ...(answer.action ? [answer.action] : []));
    }
    const isBack = (card) => answer.comments?.includes(Number(card.dataset.pk));
    const back = last.cards.filter(isBack);
    back.forEach((card) => bringBack(card));
    countDown(-(answer.comments?.length ?? 0));
    if (last.isPile) await renewPile();
    else goTo(back[0]);
    return tell(answer.told);
  });
}

// Many at once ---------------------------------------------------------------------

function decideTogether(form, submitter) {
  const data = new FormData(form, submitter);
  data.delete("all"); // their boxes have ticked those that are shown
  const keys = new Set(data.getAll("comment"));
  const lines = [...document.querySelectorAll("[name=comment]")]
    .filter((box) => box.form === form && keys.has(box.value))
    .map((box) => box.closest(".card, li"));
  const isPile = form.classList.contains("pile");
  inTurn(async () => {
    const answer = await post(form.action, data);
    if (answer.failed) return tell(answer.told, ...(answer.action ? [answer.action] : []));
    countDown(keys.size);
    if (answer.undo) undoable.push({ url: answer.undo, cards: isPile ? [] : lines, isPile });
    if (isPile) await renewPile();
    else {
      const next = following(lines);
      lines.forEach(putAway);
      document.querySelectorAll(".group-all input").forEach((box) => (box.checked = false));
      showTogether();
      goTo(next);
      fetchMore();
    }
    return tell(answer.told, ...(answer.undo ? [undoButton()] : []));
  });
}

// The card on which to go on once these are gone.
function following(gone) {
  const left = cards().filter((card) => !gone.includes(card));
  const last = gone[gone.length - 1];
  const isAfter = (card) => last.compareDocumentPosition(card) & Node.DOCUMENT_POSITION_FOLLOWING;
  return left.find(isAfter) ?? left[left.length - 1];
}

// What is set aside now: there may be more of it than one page shows.
async function renewPile() {
  const response = await fetch(location.href, { redirect: "manual" }).catch(() => null);
  if (!response?.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector(".pile");
  document.querySelector(".pile")?.remove();
  if (!fresh) return goTo(current() ?? neighbour(null, 0));
  queue.before(document.adoptNode(fresh));
  fresh.querySelector("button.main").focus();
}

// Without script the bar always stands there; asking in CSS would cost each key press.
function showTogether() {
  if (together) together.hidden = !queue.querySelector("[form=together]:checked");
}

document.addEventListener("change", (event) => {
  const box = event.target;
  if (box.name === "all")
    for (const card of box.closest(".group").querySelectorAll(".card:not([hidden])"))
      card.querySelector("[name=comment]").checked = box.checked;
  showTogether();
  const pile = box.closest?.(".pile");
  if (pile) {
    const ticked = pile.querySelectorAll("[name=comment]:checked").length;
    const count = pile.querySelector(".pile-count");
    if (count) count.textContent = ticked;
    pile.querySelector("button.main").disabled = ticked === 0;
  }
});

// The letter -----------------------------------------------------------------------

async function openLetter(card) {
  const open = card.querySelector(".letter");
  if (open) return open.querySelector("textarea").focus();
  const form = document.querySelector("#letter-template").content.firstElementChild.cloneNode(true);
  const { decision, note, tells_writer: tells } = form.elements;
  let drafted = "";
  const draft = async (reason) => {
    const url = `${card.querySelector(".write-letter").href}?reason=${reason}`;
    const response = await fetch(url, {
      headers: { Accept: "application/json" },
      redirect: "manual",
    }).catch(() => null);
    if (!response?.ok) return tell(response ? words.signedOut : words.offline, signInLink());
    const answer = await response.json();
    decision.value = answer.reason;
    // What somebody has written is theirs, whatever reason they choose after it.
    if (note.value === drafted) note.value = drafted = answer.letter;
    tells.checked = answer.reason !== "automated";
  };
  note.lang = card.querySelector(".card-text").lang;
  decision.addEventListener("change", () => draft(decision.value));
  form.elements.read.value = card.querySelector(".card-decide [name=read]").value;
  form.querySelector(".never-mind").addEventListener("click", () => {
    form.remove();
    goTo(card);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    form.remove();
    goTo(card);
  });
  card.querySelector(".card-decide").after(form);
  note.focus({ preventScroll: true });
  form.scrollIntoView({ block: "nearest" });
  await draft("");
  note.setSelectionRange(note.value.length, note.value.length);
}

// Keys -----------------------------------------------------------------------------

const legend = document.querySelector("#keys");
const switchBox = document.querySelector("#keys-on");
const KEPT = "ctts.desk.keys";

function keysAreOn() {
  return switchBox?.checked ?? false;
}

const press = (value) => (card) =>
  card.querySelector(`.card-decide button[value="${value}"]`)?.click();
const reasons = [...(document.querySelector("#letter-template")?.content
  .querySelectorAll("option") ?? [])].map((option) => option.value);
const KEYS = {
  p: press("publish"),
  e: openLetter,
  o: (card) => card.querySelector("a.open").click(),
  x: (card) => card.querySelector("[name=comment]").click(),
};

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.target.closest("textarea, select, input:not([type=checkbox]), [contenteditable]")) return;
  if (!keysAreOn()) return;
  const key = event.key.toLowerCase();
  if (key === "?") legend.classList.toggle("is-folded");
  else if (key === "u") undo();
  else if (key === "j") goTo(neighbour(current(), 1) ?? current());
  else if (key === "k") goTo(neighbour(current(), current() ? -1 : 0) ?? current());
  else {
    const card = current();
    // By its place on the keyboard: on some, a digit needs the shift key.
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    const action = digit && !event.shiftKey ? reasons[digit - 1] && press(reasons[digit - 1]) : KEYS[key];
    // A key held down decides once.
    if (!action || event.repeat) return;
    if (!card) return goTo(neighbour(null, 0));
    action(card);
  }
  event.preventDefault();
}

// The next page, fetched before it is needed ----------------------------------------

const FEW = 8;
let fetching = false;

async function fetchMore() {
  const link = document.querySelector("#more a");
  if (!link || fetching || cards().length > FEW) return;
  fetching = true;
  const ranOut = cards().length === 0;
  await sending;
  const response = await fetch(link.href, { redirect: "manual" }).catch(() => null);
  if (response?.ok) {
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const known = new Set([...queue.querySelectorAll(".card")].map((card) => card.id));
    for (const group of page.querySelectorAll("#queue > .group")) {
      group.querySelectorAll(".card").forEach((card) => known.has(card.id) && card.remove());
      if (group.querySelector(".card")) queue.append(document.adoptNode(group));
    }
    const further = page.querySelector("#more");
    if (further) document.querySelector("#more").replaceWith(document.adoptNode(further));
    else document.querySelector("#more").remove();
  }
  fetching = false;
  if (ranOut || !lastSeen()) goTo(neighbour(null, 0));
}

// Beginning ------------------------------------------------------------------------

if (queue && legend) {
  legend.hidden = false;
  try {
    switchBox.checked = localStorage.getItem(KEPT) !== "off";
  } catch { /* a browser that keeps nothing begins anew each time */ }
  document.body.classList.toggle("keys-are-off", !switchBox.checked);
  switchBox.addEventListener("change", () => {
    document.body.classList.toggle("keys-are-off", !switchBox.checked);
    try {
      localStorage.setItem(KEPT, switchBox.checked ? "on" : "off");
    } catch { /* see above */ }
  });
  document.addEventListener("keydown", onKey);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form === together || form.classList.contains("pile")) {
      event.preventDefault();
      return decideTogether(form, event.submitter);
    }
    const card = form.closest("#queue .card");
    if (!card || !form.matches(".card-decide, .letter")) return;
    event.preventDefault();
    const data = new FormData(form, event.submitter);
    decide(card, data);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#queue .write-letter");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openLetter(link.closest(".card"));
  });
  document.querySelectorAll(".group-all input, .pick input").forEach((box) => (box.checked = false));
  showTogether();
  // Back from a decision taken without this script, say after a reload.
  if (/^#comment-\d+$/.test(location.hash)) goTo(document.querySelector(location.hash));
}
