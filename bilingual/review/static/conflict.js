// Two texts for one unit: what is in force, what somebody was writing meanwhile, and the choice between them.

/** A box with both; `theirs` or `own` is done where a button says so, and the box is gone then. */
export function conflict(by, now, mine, { theirs, own }) {
  const box = document.createElement("div");
  box.className = "conflict message warning";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "Two texts for this unit");
  const said = (title, words) => {
    const quote = document.createElement("blockquote");
    quote.lang = "en";
    quote.textContent = words;
    return [Object.assign(document.createElement("b"), { textContent: title }), quote];
  };
  const button = (title, chosen) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "small", textContent: title });
    made.addEventListener("click", () => { box.remove(); chosen(); });
    return made;
  };
  const choice = Object.assign(document.createElement("p"), { className: "row" });
  choice.append(button("Keep theirs", theirs), button("Use mine", own));
  box.append(...said(`${by || "A run"} wrote`, now), ...said("You wrote", mine), choice);
  return box;
}
