/** The commands that a Markdown page shows. */

export interface Command {
  /** The page, from the root of the project. */
  readonly page: string;
  /** The whole command, with its lines. */
  readonly text: string;
  /** Its first line without a comment: what lists call it. */
  readonly name: string;
  /** What stands in the block of JSON right behind the block that ends with this command. */
  readonly printed?: unknown;
}

const FENCE = /^```sh\n([^]*?)^```\n(?:\n```json\n([^]*?)^```\n)?/gm;
/** In the text: what can be typed as it stands. */
const SPAN =
  /`((?:[A-Z_]+=\S+ )*(?:npm (?:ci|start|test|run)|npx|curl|docker|terraform|aws|scripts\/[\w-]+\.sh|\.ci\/run)(?: [^`]*)?)`/g;

/** The commands of the blocks of shell. */
export function commandsOf(page: string, markdown: string): Command[] {
  return [...markdown.matchAll(FENCE)].flatMap(([, block = '', json]) => {
    const texts = splitCommands(block);
    return texts.map((text, index) => ({
      page,
      text,
      name: nameOf(text),
      ...(index === texts.length - 1 && json !== undefined && { printed: JSON.parse(json) as unknown }),
    }));
  });
}

/** The commands that stand between backticks in sentences and tables. */
export function spansOf(page: string, markdown: string): Command[] {
  const prose = markdown.replace(/^```[^]*?^```/gm, '');
  return [...prose.matchAll(SPAN)].map(([, text = '']) => ({ page, text, name: text }));
}

/** One entry a command: a line, and those that belong to it by a quotation, a backslash, a brace or an operator. */
function splitCommands(block: string): string[] {
  const commands: string[] = [];
  let pending = '';
  for (const line of block.split('\n')) {
    if (pending === '' && (line.trim() === '' || line.startsWith('#'))) continue;
    pending += `${line}\n`;
    if (isWhole(pending)) {
      commands.push(pending.trimEnd());
      pending = '';
    }
  }
  if (pending !== '') throw new Error(`A command does not end: ${pending}`);
  return commands;
}

/** Whether nothing is open at the end of these lines. Knows as much of a shell as the pages use. */
function isWhole(text: string): boolean {
  let quote = '';
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote === "'" ? false : character === '\\') at += 1;
    else if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === "'" || character === '"') quote = character;
    else if (character === '#' && /[\s(]/.test(text.charAt(at - 1) || ' ')) at = text.indexOf('\n', at) - 1;
    else if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
  }
  return quote === '' && depth === 0 && !/(\\|&&|\||\{)\n$/.test(text);
}

function nameOf(text: string): string {
  const [first = ''] = text.split('\n');
  return first
    .replace(/\s+#.*$/, '')
    .replace(/\s*\\$/, '')
    .trim();
}
