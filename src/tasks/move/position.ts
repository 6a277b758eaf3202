/**
 * Where a walk goes on that was killed: a small file, if one is named. Without it the walk begins anew and passes what is handed over already, at the price
 * of reading it. The file has the id of a cart, which lets whoever knows it use a guest's cart, so it is its owner's alone; and it names both
 * tables, since a position in one is none in another: carts before it would never be met.
 */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { parseCartId, type CartId } from '../../cart/ids.ts';
import type { WalkPart } from '../../stores/cart-walk.ts';
import type { OpenedStores } from '../../stores/store.ts';

/** A store, without secrets. */
export interface Side {
  readonly store: string;
  readonly location: string;
  /** What no other table has. */
  readonly table: string;
}

/** What is walked, and where its carts go. A position in one walk is none in another. */
export interface Walked {
  readonly from: Side;
  readonly to: Side;
  readonly part: WalkPart;
}

export interface Position {
  /** Behind this cart; absent at the beginning. */
  readonly after?: CartId;
  /** When it was kept, as ISO 8601 has it; absent at the beginning. */
  readonly kept?: string;
  /** Keeps where the walk is. */
  keep(after: CartId): Promise<void>;
  /** The walk is at its end: the next one begins anew. */
  end(): Promise<void>;
}

export async function sideOf({ title, location, census }: OpenedStores): Promise<Side> {
  return { store: title, location, table: await census.identity() };
}

/** Of a walk that keeps none. */
export const noPosition: Position = { keep: () => Promise.resolve(), end: () => Promise.resolve() };

/** @throws Error for a file that cannot be read or written, or is of another walk */
export async function openPosition(path: string, walked: Walked): Promise<Position> {
  const found = await readPosition(path, walked);
  const part = `${path}.part`;
  // Before a cart is handed over: later it would be for nothing.
  await named(path, writeFile(part, '', { mode: 0o600 }));
  await named(path, rm(part));
  return {
    ...found,
    async keep(after) {
      const kept = new Date().toISOString();
      // A file is there whole or not at all.
      await named(path, writeFile(part, JSON.stringify({ ...walked, kept, after }), { mode: 0o600 }));
      await named(path, rename(part, path));
    },
    end: () => named(path, rm(path, { force: true })),
  };
}

interface Kept {
  readonly after: CartId;
  readonly kept: string;
}

async function readPosition(path: string, walked: Walked): Promise<Kept | undefined> {
  const reading = readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  const text = await named(path, reading);
  if (text === undefined) return undefined;
  const { after, kept, ...other } = parse(path, text);
  if (JSON.stringify(other) !== JSON.stringify(walked))
    throw new Error(
      `--state: the file ${path} is of another walk: ${describe(other)}. This one is ${describe(walked)}. Name another file, or delete it`,
    );
  return { after, kept };
}

function parse(path: string, text: string): Walked & Kept {
  try {
    const { from, to, part, kept, after } = JSON.parse(text) as Walked & { kept: string; after: string };
    return {
      from: parseSide(from),
      to: parseSide(to),
      part: { number: part.number, of: part.of },
      kept: new Date(kept).toISOString(),
      after: parseCartId(after, 'after'),
    };
  } catch (error) {
    throw new Error(`--state: the file ${path} is none that "move -- run" has written. Name another one`, {
      cause: error,
    });
  }
}

function parseSide({ store, location, table }: Side): Side {
  return { store, location, table };
}

function describe({ from, to, part: { number, of } }: Walked): string {
  return `part ${number + 1}/${of} from ${describeSide(from)} to ${describeSide(to)}`;
}

function describeSide({ store, location, table }: Side): string {
  return `${store} at ${location} (${table})`;
}

/** @throws Error that names the argument, for one of the file system */
async function named<Result>(path: string, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const reason = REASONS[code] ?? `which failed: ${message}`;
    throw new Error(`--state must name a file that can be read and written, but was "${path}", ${reason}`, {
      cause: error,
    });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EISDIR: 'a folder',
  ENOENT: 'in a folder that does not exist',
  ENOTDIR: 'below what is no folder',
  EACCES: 'for which this user has no right',
  EPERM: 'for which this user has no right',
  EROFS: 'on a disk that cannot be written',
  ENOSPC: 'on a disk that is full',
};
