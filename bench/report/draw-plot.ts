/** Observable Plot on a DOM without a browser: SVG whose colours are CSS variables, for light and dark. */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { SideKey } from '../compare/records.ts';

export const SIDES = ['first', 'second'] as const;
export const colourOf = (side: SideKey): string => `var(--${side})`;

/** A logarithmic axis with few marks. */
export const logAxis = (label: string, more: object = {}) =>
  ({ type: 'log', label, grid: true, ticks: 5, tickFormat: '~g', ...more }) as const;

const STYLE = { fontSize: '12px', background: 'transparent', color: 'currentColor' } as const;

/** Plot's types speak of a browser's DOM, which is not in this project's libraries; all that is needed of it is this. */
const plot = Plot.plot as unknown as (options: object) => { readonly outerHTML: string };

/** @param label what a screen reader says */
export function drawPlot(label: string, options: Plot.PlotOptions): string {
  const page = parseHTML('<!doctype html><html><body></body></html>') as unknown as { document: object };
  const common = { document: page.document, style: STYLE, width: 860, marginLeft: 70, marginBottom: 48 };
  return plot({ ...common, ariaLabel: label, ...options }).outerHTML;
}
