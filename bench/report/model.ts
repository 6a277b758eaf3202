/** What a report consists of, independent of its format; its sections and its renderers both stand on this alone. */

export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Chart {
  readonly svg: string;
  readonly caption: string;
  /** Whether its colours are those of the two sides, so that the legend belongs to it. */
  readonly sides: boolean;
}

export type ChartName = 'differences' | 'percentiles' | 'rates' | 'throughput' | 'costs';

/** A chart without data is left out. */
export type Charts = Readonly<Partial<Record<ChartName, Chart | undefined>>>;

export interface Section {
  readonly title: string;
  readonly text?: readonly string[];
  readonly table?: Table;
  readonly chart?: ChartName;
}

export interface Report {
  readonly title: string;
  /** What the two are called. */
  readonly sides: readonly [string, string];
  readonly answer: readonly string[];
  readonly caveats: readonly string[];
  readonly sections: readonly Section[];
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
