/**
 * How much a JSON text grows when it is parsed: `{},` has three characters and takes some 70 bytes, which are held for as long as
 * the request waits.
 */

/**
 * Values and names of a body, or of the variables in an address. The largest input of this service, 500 items of a product and a
 * quantity each, has some 2,500; so many, in each of 256 requests, take some 50 MB.
 */
export const MOST_VALUES = 3_000;

/** Why a text is not parsed, for people; undefined for one that may be. @param subject what it is: "The body" */
export function tooManyValues(subject: string, json: string): string | undefined {
  const count = countValues(json);
  if (count <= MOST_VALUES) return undefined;
  return `${subject} may have at most ${MOST_VALUES} values and names, but has ${count}.`;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Objects, lists, strings, numbers, `true`, `false` and `null` are values; lists and objects are counted with what is in them. Linear
 * in the length of the text, which need not be JSON. @returns 0 for a text that is too short to hold too many: it is not looked at
 */
export function countValues(json: string): number {
  if (json.length <= MOST_VALUES) return 0;
  let count = 0;
  let within = false;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (isBetween(code)) {
      within = false;
      continue;
    }
    const alone = code === QUOTE || code === 0x5b || code === 0x7b;
    if (alone || !within) count += 1;
    within = !alone;
    if (code === QUOTE) at = endOfString(json, at);
  }
  return count;
}

/** What stands between values: blanks, and `,` `:` `]` `}`. */
function isBetween(code: number): boolean {
  return code === 0x2c || code === 0x3a || code === 0x5d || code === 0x7d || code <= 0x20;
}

/** @param start of the string @returns the place of the quotation mark that ends it; the length of the text where none does */
export function endOfString(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); end >= 0; end = json.indexOf('"', end + 1)) {
    let before = end - 1;
    while (json.charCodeAt(before) === BACKSLASH) before -= 1;
    if ((end - before) % 2 === 1) return end;
  }
  return json.length;
}
