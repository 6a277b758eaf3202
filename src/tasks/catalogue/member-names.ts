/** The names of an object's members as its JSON has them. JSON.parse keeps of two with one name the later, and tells nobody. */

/** @param json of an object, well-formed */
export function memberNames(json: string): string[] {
  const names: string[] = [];
  let depth = 0;
  let isName = false;
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    if (character === '"') {
      const end = endOfText(json, at);
      if (isName) names.push(JSON.parse(json.slice(at, end + 1)) as string);
      isName = false;
      at = end;
    } else if (character === '{' || character === '[') {
      depth += 1;
      isName = depth === 1;
    } else if (character === '}' || character === ']') {
      depth -= 1;
    } else if (character === ',') {
      isName = depth === 1;
    }
  }
  return names;
}

/** Where the quotation mark is that ends a text. @param start where it begins */
function endOfText(json: string, start: number): number {
  let at = start + 1;
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at;
}
