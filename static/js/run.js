// How far a move is, without loading the page again. Without script it reloads itself.

const EVERY = 2000;

async function look() {
  const shown = document.getElementById("run");
  const response = await fetch(location.href, { credentials: "same-origin" });
  if (!response.ok) return setTimeout(look, EVERY);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const now = page.getElementById("run");
  if (!now || !("isAlive" in now.dataset)) return location.reload();
  // What has the focus stays: only the figures change.
  const label = shown.querySelector("label");
  const bar = shown.querySelector("progress");
  label.textContent = now.querySelector("label").textContent;
  for (const name of ["max", "value"]) {
    const value = now.querySelector("progress").getAttribute(name);
    if (value !== null) bar.setAttribute(name, value);
  }
  return setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
