/** What the reports say of a side, and whose engine stands behind it. */

/**
 * - embedded: started here, on this machine
 * - named: a database that the asker named, which is not one of AWS's own endpoints: an emulator, or an engine of theirs
 * - unsaid: a running service; nobody said what stands behind it
 * - aws: an endpoint of AWS, or a running service of which the asker says so
 */
export type EngineKind = 'embedded' | 'named' | 'unsaid' | 'aws';

export interface SideDescription {
  readonly label: string;
  /** One line on what answers there, without secrets. */
  readonly behind: string;
  readonly engine: EngineKind;
  /** The service ran already: it was neither pinned nor scheduled here. */
  readonly running?: boolean;
}

/** Everything else is taken for an engine without network, replicas and limits. */
export const isManagedByAws = ({ engine }: SideDescription): boolean => engine === 'aws';

/** @param target undefined for the embedded engine, "aws" for the region's own endpoint, or a URL */
export function engineBehind(target: string | undefined): EngineKind {
  if (target === undefined) return 'embedded';
  if (target === 'aws') return 'aws';
  return /\.amazonaws\.com(\.cn)?$/.test(new URL(target).hostname) ? 'aws' : 'named';
}
