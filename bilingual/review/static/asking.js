// Questions to the person, in the page's own dialog: a line or a text, and the place where a unit is cut.

function open(title, parts, confirm = "OK") {
  const dialog = document.getElementById("ask");
  dialog.querySelector("#ask-title").textContent = title;
  dialog.querySelector(".body").replaceChildren(...parts);
  dialog.querySelector(".primary").textContent = confirm;
  const before = document.activeElement;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", () => {
    before?.focus?.();
    done(dialog.returnValue === "ok");
  }, { once: true }));
}

function element(name, values, ...inner) {
  const made = Object.assign(document.createElement(name), values);
  made.append(...inner);
  return made;
}

/** Ask for one text; null where nobody wants to say. */
export async function ask(title, { label, value = "", type = "text", lang = "en", long = false, confirm = "OK", told = "" }) {
  const field = element(long ? "textarea" : "input", { id: "asked", value, lang, required: true, ...(long ? { rows: 4 } : { type, autocomplete: "off" }) });
  const parts = [element("label", { htmlFor: "asked", textContent: label }), field];
  if (told) parts.unshift(element("p", { textContent: told }));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (!long || event.ctrlKey) && !event.isComposing) { event.preventDefault(); field.form.requestSubmit(field.form.querySelector(".primary")); }
  });
  queueMicrotask(() => { field.focus(); field.select(); });
  return (await open(title, parts, confirm)) ? field.value : null;
}

/** Ask where two texts are to be cut, with a proposal; [source offset, target offset], or null. */
export async function askPlaces(title, source, target, caret) {
  const middle = caret > 0 && caret < target.length ? caret : nearest(target, target.length / 2, /[.;:,!?]["”’)]*\s/g);
  const near = nearest(source, source.length * (middle / Math.max(1, target.length)), /[。！？；：，、,;:.!?]["”’）)]*/g);
  const [first, one] = slider("Chinese", "zh-Hans", source, near);
  const [second, other] = slider("English", "en", target, middle);
  queueMicrotask(() => one.focus());
  const chosen = await open(title, [first, second], "Split");
  return chosen ? [Number(one.value), Number(other.value)] : null;
}

function nearest(text, wanted, pattern) {
  const places = [...text.matchAll(pattern)].map((found) => found.index + found[0].length).filter((at) => at < text.length);
  return places.reduce((best, at) => (Math.abs(at - wanted) < Math.abs(best - wanted) ? at : best), places[0] ?? Math.round(wanted));
}

function slider(label, lang, text, at) {
  const range = element("input", { type: "range", min: text.length ? 1 : 0, max: Math.max(text.length - 1, 0), value: at });
  const shown = element("p", { className: "cut", lang });
  const show = () => {
    const place = Number(range.value);
    shown.replaceChildren(text.slice(0, place), element("b", { textContent: " ┃ " }), text.slice(place));
    range.setAttribute("aria-valuetext", `after “${text.slice(Math.max(0, place - 12), place)}”`);
  };
  range.addEventListener("input", show);
  show();
  return [element("div", {}, element("label", {}, `${label}: cut here `, range), shown), range];
}
