/** What every step of a run needs. */
import type { Progress } from './progress.ts';
import type { RecordFile } from './record-file.ts';
import type { SideKey } from './records.ts';
import type { RunSettings } from './settings.ts';
import type { Side } from './sides.ts';
import type { LoadedData } from './workload-data.ts';

export interface RunContext {
  readonly settings: RunSettings;
  readonly sides: Readonly<Record<SideKey, Side>>;
  readonly data: Readonly<Record<SideKey, LoadedData>>;
  readonly records: RecordFile;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** performance.now() after which nothing new begins. */
  readonly deadline: number;
}
