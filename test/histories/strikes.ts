// Faults of a history as faults of the sample tenant, counted.
import type { Fault } from '../../src/sample/index.ts';
import type { FaultSpec } from './history.ts';

const isBatch = (path: string): boolean => path.endsWith('$batch');

function concerns(on: FaultSpec['on'], method: string, path: string): boolean {
  if (on === 'all') return true;
  if (on === 'batches') return isBatch(path);
  return on === 'reads' ? method === 'GET' : method === 'POST' && !isBatch(path);
}

export interface Strikes {
  readonly faults: Fault[];
  /** How many requests were struck so far. */
  count(): number;
}

export function strikes(specs: readonly FaultSpec[]): Strikes {
  const counted = specs.map(({ effect, on, point, skip, times }) => {
    let met = 0;
    const match = (method: string, path: string): boolean => {
      const found = concerns(on, method, path);
      if (found) met += 1;
      return found;
    };
    const fault: Fault = { ...effect, point, skip, times, match };
    return { fault, struck: () => Math.max(0, met - skip) };
  });
  return { faults: counted.map(({ fault }) => fault), count: () => counted.reduce((sum, { struck }) => sum + struck(), 0) };
}
