/** What load balancers and people ask: is the process alive, and do its databases answer? */
import { jsonResponse, type HttpResponse } from './messages.ts';
import type { Log } from '../log.ts';

export interface HealthOptions {
  /** Rejects when the databases do not answer. */
  readonly ready: (signal: AbortSignal) => Promise<void>;
  /** What /health calls the store. */
  readonly storeType: string;
  readonly isDraining: () => boolean;
  readonly log: Log;
}

export interface Health {
  /** Whether the path is one of health's. */
  has(path: string): boolean;
  answer(path: string, signal: AbortSignal): Promise<HttpResponse>;
}

const paths = new Set(['/livez', '/readyz', '/health']);

export function createHealth({ ready, storeType, isDraining }: HealthOptions): Health {
  return {
    has: (path) => paths.has(path),

    async answer(path, signal) {
      if (path === '/livez') return jsonResponse(200, { status: 'alive' });
      if (isDraining() && path === '/readyz') return jsonResponse(503, { status: 'draining' });
      try {
        await ready(signal);
      } catch {
        // Who knows the stores logs it, once.
        return jsonResponse(503, { status: 'unavailable', store: storeType });
      }
      return jsonResponse(200, { status: path === '/health' ? 'healthy' : 'ready', store: storeType });
    },
  };
}
