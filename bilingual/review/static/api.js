// The one way from the page to the server: JSON there and back, errors told in words, never a lost edit in silence.
//
//   import { get, post, fragment, say, warn, ApiError } from "./api.js";
//   const done = await post(`/d/${encodeURIComponent(name)}/units/${id}`, { version, target });
//
// An answer that is no success throws ApiError {status, message, hint, data}; where there is none, the status is 0. The
// document gets the events "connection-lost" and "connection-back". `say` and `warn` speak in the page's live regions.

let lost = false;

export class ApiError extends Error {
  constructor(status, data) {
    super(data.message || `the server answered ${status}`);
    this.status = status;
    this.hint = data.hint || "";
    this.data = data;
  }
}

export function say(text) { speak("told", text); }
export function warn(text) { speak("alert", text); }

export const get = (path, options) => ask("GET", path, undefined, options);
export const post = (path, value = {}, options = {}) =>
  ask("POST", path, { body: JSON.stringify(value), headers: { "Content-Type": "application/json" } }, options);
export const send = (path, body, headers = {}, options = {}) => ask("POST", path, { body, headers }, options);

/** The HTML of a fragment that the server rendered, as nodes. */
export async function fragment(path, options) {
  const text = await (await reach("GET", path, {}, options)).text();
  const holder = document.createElement("template");
  holder.innerHTML = text;
  return holder.content;
}

/** Tell an error to the person: in words, in the live region. */
export function tell(error) {
  if (error.name === "AbortError") return;
  warn(error instanceof ApiError && error.hint ? `${error.message} – ${error.hint}` : error.message);
}

async function ask(method, path, parts, options) {
  const response = await reach(method, path, parts, options);
  try { return await response.json(); } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0, { message: "the answer broke off", hint: "is `bilingual review` still running?" });
  }
}

async function reach(method, path, parts = {}, { signal, keepalive = false } = {}) {
  let response;
  try {
    response = await fetch(path, { method, signal, keepalive, credentials: "same-origin", ...parts });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    mark(true);
    throw new ApiError(0, { message: "the server cannot be reached", hint: "is `bilingual review` still running?" });
  }
  mark(false);
  if (response.ok) return response;
  let data = {};
  try { data = await response.json(); } catch { /* an answer without words has its status */ }
  throw new ApiError(response.status, data);
}

function mark(now) {
  if (lost === now) return;
  lost = now;
  document.body.classList.toggle("offline", now);
  document.dispatchEvent(new CustomEvent(now ? "connection-lost" : "connection-back"));
  if (now) warn("The server cannot be reached: nothing is saved until it is back.");
  else { warn(""); say("The server is back."); }
}

const timers = {};

function speak(id, text) {
  const place = document.getElementById(id);
  if (!place) return;
  clearTimeout(timers[id]);
  place.textContent = "";  // the same words twice are spoken twice
  if (!text) return;
  requestAnimationFrame(() => { place.textContent = text; });
  if (id === "told") timers[id] = setTimeout(() => { place.textContent = ""; }, 6000);
}

// What was told goes away by a click on it or by Escape; a warning stays until then, until what it is about is over, or
// until the next one.
document.addEventListener("click", (event) => {
  const place = event.target.closest?.(".told");
  if (place) place.textContent = "";
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const id of ["told", "alert"]) speak(id, "");
});
