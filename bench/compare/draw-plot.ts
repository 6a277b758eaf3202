/** Observable Plot on a DOM without a browser: SVG whose colours are CSS variables, for light and dark. */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

export interface Chart {
  readonly svg: string;
  readonly caption: string;
  /** Whether its colours are those of the two sides, so that the legend belongs to it. */
  readonly sides: boolean;
}

export const SIDES = ['first', 'second'] as const;
export const colourOf = (side: (typeof SIDES)[number]): string => `var(--${side})`;

const STYLE = { fontSize: '12px', background: 'transparent', color: 'currentColor' } as const;

/** Plot's types speak of a browser's DOM, which is not in this project's libraries; all that is needed of it is this. */
const plot = Plot.plot as unknown as (options: object) => { readonly outerHTML: string };

/** @param label what a screen reader says */
export function drawPlot(options: Plot.PlotOptions, label: string): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>') as unknown as {
    document: object;
  };
  return plot({
    document,
    style: STYLE,
    width: 860,
    marginLeft: 70,
    marginBottom: 48,
    ariaLabel: label,
    ...options,
  }).outerHTML;
}
