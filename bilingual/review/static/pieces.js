// Texts of the server as nodes: pieces with whether they are marked become text and <mark>, never markup.

/** An element with properties, data-… and aria-… among them, and what is inside it. */
export function element(name, values = {}, ...inner) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined || value === null || value === false) continue;
    if (key in made && !key.includes("-")) made[key] = value;
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...inner.filter((node) => node !== null && node !== undefined && node !== false));
  return made;
}

/** The nodes of a text: [["words", marked], …]; `tag` is what a mark is. */
export const pieces = (list, tag = "mark") => list.map(([text, marked]) => (marked ? element(tag, {}, text) : text));

/** A line of one language. */
export const line = (lang, list, tag) => element("p", { lang, className: "said" }, ...pieces(list, tag));

/** A small button. */
export const button = (text, act, values = {}) => {
  const made = element("button", { type: "button", className: "small quiet", ...values }, text);
  made.addEventListener("click", act);
  return made;
};

/** A function that runs once after its last call. */
export function later(act, wait) {
  let timer = 0;
  return (...given) => { clearTimeout(timer); timer = setTimeout(() => act(...given), wait); };
}

/** Write words into the unit somebody works in: at the caret, or in the place of everything. */
export function insertText(text, whole = false) {
  document.dispatchEvent(new CustomEvent("insert-text", { detail: { text, whole } }));
}
