// Keeps what is typed on the write screen: in this browser at once, on the server as soon
// as the hands rest. Without it the screen works, and keeps nothing (see blog/keeping.py).
const PAUSE = 600; // ms without a key before what is typed is sent
const LONGEST = 2500; // ms after which it is sent though the writer goes on
const RETRY = 8000; // ms before asking a server again that did not answer
const PREFIX = "ctts-writing:";

const words = JSON.parse(document.getElementById("writing-words").textContent);
const status = document.getElementById("keeping");
const form = status?.closest("form");
let pause, longest, sending = false, dirty = false;

function typed() {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && name !== "csrfmiddlewaretoken") fields.append(name, value);
  }
  return fields;
}

function place() {
  return PREFIX + form.elements.window.value;
}

function keepHere() {
  try {
    const copy = { address: status.dataset.address, fields: typed().toString() };
    localStorage.setItem(place(), JSON.stringify(copy));
    return true;
  } catch {
    return false; // a full or forbidden store: the server is left
  }
}

async function post(address, fields) {
  const response = await fetch(address, {
    method: "POST",
    body: new URLSearchParams(fields),
    redirect: "manual",
    headers: { "X-CSRFToken": token() },
  });
  if (response.ok) return response.json();
  throw new Error(response.type === "opaqueredirect" || response.status === 403
    ? words.signed_out : words.only_here);
}

// Signing in again gives a new token, which another tab has brought in its cookie.
function token() {
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return cookie ? cookie[1] : form.elements.csrfmiddlewaretoken.value;
}

function say(text, trouble = false) {
  status.textContent = text;
  status.classList.toggle("trouble", trouble);
}

async function send() {
  clearTimeout(pause);
  clearTimeout(longest);
  longest = undefined;
  if (sending) return;
  sending = true;
  dirty = false;
  try {
    const answer = await post(status.dataset.address, typed());
    say(words.kept.replace("%s", answer.at));
    if (answer.remarks) list(answer.remarks);
    if (!dirty) localStorage.removeItem(place());
  } catch (error) {
    say(error.message in { [words.signed_out]: 1 } ? error.message : words.only_here, true);
    dirty = true;
    pause = setTimeout(send, RETRY);
  }
  sending = false;
  if (dirty && !status.classList.contains("trouble")) wait();
}

function wait() {
  clearTimeout(pause);
  pause = setTimeout(send, PAUSE);
  longest ??= setTimeout(send, LONGEST);
}

function changed() {
  dirty = true;
  keepHere();
  if (!status.classList.contains("trouble")) say(words.typing);
  wait();
}

function list(remarks) {
  const place = document.getElementById("checklist");
  if (!place) return;
  place.replaceChildren(...remarks.map(([text, excerpt]) => {
    const item = document.createElement("li");
    item.append(text);
    if (excerpt) {
      const quote = document.createElement("q");
      quote.textContent = excerpt;
      item.append(" ", quote);
    }
    return item;
  }));
  document.getElementById("nothing-missing").hidden = remarks.length > 0;
}

// What an earlier window left in this browser, because no server took it.
async function sendWhatWasLeft() {
  const keys = Object.keys(localStorage).filter((key) =>
    key.startsWith(PREFIX) && key !== place());
  for (const key of keys) {
    const copy = JSON.parse(localStorage.getItem(key));
    if (copy.address !== status.dataset.address) continue;
    const answer = await post(copy.address, copy.fields);
    localStorage.removeItem(key);
    if (answer.address) offer(answer.address);
  }
}

function offer(address) {
  const box = document.getElementById("kept-texts");
  if (box.querySelector(`a[href="${address}"]`)) return;
  const frame = document.createElement("div");
  frame.className = "kept-text";
  const sentence = document.createElement("p");
  sentence.textContent = words.found;
  const link = document.createElement("a");
  link.className = "button";
  link.href = address;
  link.textContent = words.take_up;
  frame.append(sentence, link);
  box.append(frame);
}

function countWords(box) {
  const guide = document.createElement("p");
  guide.className = "help summary-guide";
  guide.setAttribute("aria-live", "polite");
  box.after(guide);
  const { least, most } = box.dataset;
  const count = () => {
    const number = box.value.trim().split(/\s+/).filter(Boolean).length;
    const kind = number < Number(least) ? "short" : number > Number(most) ? "long" : "good";
    guide.textContent = number ? words[kind].replace("%s", number) : "";
  };
  box.addEventListener("input", count);
  count();
}

if (form) {
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  // Until the next page says what became of it, the text stays here too.
  form.addEventListener("submit", keepHere);
  addEventListener("visibilitychange", () => {
    if (document.hidden && dirty) send();
  });
  document.querySelectorAll("textarea[data-least]").forEach(countWords);
  sendWhatWasLeft().catch(() => {}); // it stays where it is, for another time
}
