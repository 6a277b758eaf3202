/** `npm run move -- verify`: compares all carts and the catalogues, and completes what was begun. */
import { createHash } from 'node:crypto';
import type { CartId } from '../../cart/ids.ts';
import type { OpenedMove } from '../../stores/moving/open-move.ts';
import type { OpenedStores } from '../../stores/store.ts';
import { createProgress } from '../catalogue/progress.ts';
import type { Arguments } from './arguments.ts';
import { estimateOf, patientCatalog, type Circumstances } from './circumstances.ts';
import { unlessEnded } from './persist.ts';
import { compareCatalogues, type ProductDifference } from './compare-catalogues.ts';
import type { FieldDifference, Kind } from './compare-carts.ts';
import { createCartChecks, type FoundDifference, type Completed } from './verify-carts.ts';
import { walkPages } from './walk-pages.ts';

/** A cart as it is told: by its id only where that is asked for. */
export interface ToldCart {
  /** Its id, or `sha256:` and the first 16 digits of that of its id. */
  readonly cart: string;
  readonly customerId?: string;
  readonly kind: Kind;
  readonly fields: readonly FieldDifference[];
}

export interface VerifyReport {
  readonly from: string;
  readonly to: string;
  /** Whether all was compared. */
  readonly complete: boolean;
  /** Records of the source. */
  readonly compared: number;
  readonly products: number;
  /** What was begun and not completed, and is now. */
  readonly completed: Readonly<Completed>;
  /** Carts by what is wrong with them, records that cannot be read, and products. */
  readonly counts: Readonly<Record<Exclude<Kind, 'waived'> | 'unreadable' | 'products', number>>;
  /** Carts that lack nothing but fields that were named; which. */
  readonly waived: { readonly carts: number; readonly fields: readonly string[] };
  /** The sum of these. */
  readonly differences: number;
  /** The first of them. */
  readonly carts: readonly ToldCart[];
  readonly unreadable: readonly string[];
  readonly catalogue: readonly ProductDifference[];
  readonly seconds: number;
  readonly units: number;
}

export async function verifyMove(
  move: OpenedMove,
  { limits, show, showIds, without }: Arguments,
  around: Circumstances,
): Promise<VerifyReport> {
  const { source, target } = move;
  const start = around.clock();
  const terms = { ...around, limits };
  const found = createFindings(show, showIds, [...without]);
  const checks = createCartChecks(move, Date.now, found.unreadable, without);
  const progressOf = async (noun: string, { census }: OpenedStores) =>
    createProgress(noun, await estimateOf(census, around), around.out, around.clock);
  // First of all, so that what is brought back from there is compared with the others.
  const first = await progressOf('records looked at', target);
  let [looked, compared] = [0, 0];
  let complete = await walkPages(target.walk, terms, async (page) => {
    page.unreadable.forEach(found.unreadable);
    await around.persist(() => checks.checkTarget(page.records));
    first.report((looked += page.records.length));
  });
  first.end();
  const second = await progressOf('carts compared', source);
  complete &&= await walkPages(source.walk, terms, async (page) => {
    page.unreadable.forEach(found.unreadable);
    (await around.persist(() => checks.checkSource(page.records))).forEach(found.cart);
    second.report((compared += page.records.length));
  });
  second.end();
  const catalogues = complete ? await verifyProducts(move, found.product, around) : { complete, products: 0 };
  const seen = { ...catalogues, compared, completed: checks.completed };
  return { from: source.title, to: target.title, ...seen, ...costSince(start, around), ...found.told() };
}

async function verifyProducts(
  { source, target }: OpenedMove,
  tell: (difference: ProductDifference) => void,
  around: Circumstances,
): Promise<Pick<VerifyReport, 'complete' | 'products'>> {
  const progress = createProgress('products compared', undefined, around.out, around.clock);
  let products = 0;
  const count = (number: number) => {
    progress.report((products = number));
  };
  const [ours, theirs] = [patientCatalog(source.catalog, around), patientCatalog(target.catalog, around)];
  const complete = await unlessEnded(everyProduct(compareCatalogues(ours, theirs, count), tell), false);
  progress.end();
  return { complete, products };
}

function costSince(start: number, { clock, units }: Circumstances) {
  return { seconds: (clock() - start) / 1000, units: units.used() };
}

/** @returns that it came to its end */
async function everyProduct(
  differences: AsyncIterable<ProductDifference>,
  tell: (difference: ProductDifference) => void,
): Promise<boolean> {
  for await (const difference of differences) tell(difference);
  return true;
}

/** Counts all, and keeps the first few. */
function createFindings(show: number, showIds: boolean, without: readonly string[]) {
  const counts = { left: 0, both: 0, missing: 0, differs: 0, returned: 0, unreadable: 0, products: 0 };
  const waived = { carts: 0, fields: without };
  const carts: ToldCart[] = [];
  const unreadable: string[] = [];
  const catalogue: ProductDifference[] = [];
  const keep = <Told>(list: Told[], one: () => Told) => {
    if (list.length < show) list.push(one());
  };
  return {
    cart({ record: { id, customerId }, kind, fields }: FoundDifference) {
      if (kind === 'waived') {
        waived.carts += 1;
        return;
      }
      counts[kind] += 1;
      const cart = showIds ? id : nameOf(id);
      keep(carts, () => ({ cart, ...(customerId !== undefined && { customerId }), kind, fields }));
    },
    unreadable({ message }: Error) {
      counts.unreadable += 1;
      keep(unreadable, () => message);
    },
    product(difference: ProductDifference) {
      counts.products += 1;
      keep(catalogue, () => difference);
    },
    told() {
      const differences = Object.values(counts).reduce((sum, count) => sum + count, 0);
      return { counts, waived, differences, carts, unreadable, catalogue };
    },
  };
}

/** As the log names a cart that cannot be read. */
function nameOf(id: CartId): string {
  return `sha256:${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;
}
