/**
 * Where a walk goes on that was killed: a small file, if one is named. Without it the walk begins anew and passes what is handed over already, at the price
 * of reading it. The file has the id of a cart, which lets whoever knows it use a guest's cart, so it is its owner's alone.
 */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { parseCartId, type CartId } from '../../cart/ids.ts';
import type { WalkPart } from '../../stores/cart-walk.ts';

/** What is walked. A position in one walk is none in another. */
export interface Walked {
  /** Where the source is, and where the target. */
  readonly from: string;
  readonly to: string;
  readonly part: WalkPart;
}

export interface Position {
  /** Behind this cart; absent at the beginning. */
  readonly after?: CartId;
  /** Keeps where the walk is. */
  keep(after: CartId): Promise<void>;
  /** The walk is at its end: the next one begins anew. */
  end(): Promise<void>;
}

/** @throws Error for a file that cannot be read, or is of another walk */
export async function openPosition(path: string | undefined, walked: Walked): Promise<Position> {
  if (path === undefined) return { keep: () => Promise.resolve(), end: () => Promise.resolve() };
  const after = await readPosition(path, walked);
  return {
    ...(after !== undefined && { after }),
    async keep(last) {
      // A file is there whole or not at all.
      await writeFile(`${path}.part`, JSON.stringify({ ...walked, after: last }), { mode: 0o600 });
      await rename(`${path}.part`, path);
    },
    end: () => rm(path, { force: true }),
  };
}

async function readPosition(path: string, walked: Walked): Promise<CartId | undefined> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const { after, ...kept } = parse(path, text);
  if (JSON.stringify(kept) !== JSON.stringify(walked))
    throw new Error(
      `The file ${path} is of another walk: ${describe(kept)}. This one is ${describe(walked)}. Name another file, or delete it`,
    );
  return after;
}

function parse(path: string, text: string): Walked & { readonly after: CartId } {
  try {
    const { from, to, part, after } = JSON.parse(text) as Walked & { after: string };
    return { from, to, part: { number: part.number, of: part.of }, after: parseCartId(after, 'after') };
  } catch (error) {
    throw new Error(`The file ${path} is none that --state has written`, { cause: error });
  }
}

function describe({ from, to, part: { number, of } }: Walked): string {
  return `part ${number + 1}/${of} from ${from} to ${to}`;
}
