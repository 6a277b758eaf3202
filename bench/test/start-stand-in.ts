import { launch, type RunningProgram } from '../processes/launch.ts';

/**
 * The yardstick against which the measuring instrument is tested: the service on a store in memory, as a process of its own.
 * @param staleMs reads see carts as they were so long ago
 */
export const startStandIn = ({ staleMs = 0 } = {}): Promise<RunningProgram> =>
  launch({
    name: 'the stand-in',
    node: ['--import', 'tsx', 'bench/performance/programs/service-memory.ts'],
    env: {
      PATH: process.env['PATH'],
      CART_STORE_TYPE: 'memory',
      STALE_MS: String(staleMs),
      LOG_LEVEL: 'error',
      ALLOW_UNAUTHENTICATED: 'true',
    },
    readyPath: '/health',
  });
