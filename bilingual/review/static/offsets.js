// Places in a text: as JavaScript counts them, as the server does, where somebody clicked, where a word begins.

/** An offset in code points, as the server counts. */
export const codePoints = (text, offset) => [...text.slice(0, offset)].length;

/** A place in a text, or where the word begins that it stands in. */
export const wordStart = (text, at) => (/^[\p{L}\p{N}]/u.test(text.slice(at)) ? at - /[\p{L}\p{N}'’-]*$/u.exec(text.slice(0, at))[0].length : at);

/** The offset in the words of a text at which somebody clicked; null where it was beside them. */
export function caretAt(text, event) {
  const at = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  const range = document.createRange();
  const node = at?.offsetNode ?? document.caretRangeFromPoint?.(event.clientX, event.clientY)?.startContainer;
  const offset = at?.offset ?? document.caretRangeFromPoint?.(event.clientX, event.clientY)?.startOffset;
  if (!text || !node || !text.contains(node)) return null;
  range.setStart(text, 0);
  range.setEnd(node, offset);
  const part = range.cloneContents();
  for (const code of part.querySelectorAll(".code")) code.remove();
  return part.textContent.length;
}
