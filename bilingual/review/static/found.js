// The words that the filter looks for, marked in the rows. They are painted over the text and change nothing in it.

const SIDES = { source: ".source .text", target: ".target :is(.text, .backdrop)" };

let watch = null;

/** Mark what these conditions look for, in the rows that are here and in those that come. Expressions are left alone:
 *  only the server bounds the time that one may take. */
export function markFound(sheet, conditions) {
  watch?.disconnect();
  const registry = globalThis.CSS?.highlights;
  if (!registry) return;
  registry.delete("found");
  const wanted = ["text", "source", "target"].filter((side) => conditions.get(side));
  if (!wanted.length || conditions.get("regex")) return;
  const flags = conditions.get("case") ? "gu" : "giu";
  const looks = wanted.flatMap((side) => {
    const words = new RegExp(conditions.get(side).replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"), flags);
    return (SIDES[side] ? [SIDES[side]] : Object.values(SIDES)).map((where) => [where, words]);
  });
  const paint = () => registry.set("found", new Highlight(...looks.flatMap(([where, words]) =>
    [...sheet.querySelectorAll(`.chunk ${where}`)].flatMap((text) => ranges(text, words)))));
  let timer = 0;
  watch = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(paint, 50); });
  watch.observe(sheet, { childList: true, subtree: true });
  paint();
}

function* pieces(text) {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(".code")) yield walker.currentNode;
}

/** The places of the words in a text, over the marks and codes inside it. */
function ranges(text, words) {
  const nodes = [...pieces(text)];
  const ends = [];
  let whole = "";
  for (const node of nodes) ends.push((whole += node.data).length);
  const put = (range, side, at) => {
    const index = ends.findIndex((end) => (side === "setStart" ? at < end : at <= end));
    range[side](nodes[index], at - (ends[index] - nodes[index].length));
  };
  return [...whole.matchAll(words)].filter((found) => found[0]).map((found) => {
    const range = document.createRange();
    put(range, "setStart", found.index);
    put(range, "setEnd", found.index + found[0].length);
    return range;
  });
}
