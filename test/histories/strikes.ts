// Faults of a history as faults of the sample tenant.
import type { Fault, FaultEffect } from '../../src/sample/index.ts';
import { exchangeOfNow, type OpenWindow } from './computer.ts';
import type { FaultSpec } from './history.ts';

const isBatch = (path: string): boolean => path.endsWith('$batch');

function concerns(on: FaultSpec['on'], method: string, path: string): boolean {
  if (on === 'all') return true;
  if (on === 'batches') return isBatch(path);
  return on === 'reads' ? method === 'GET' : method === 'POST' && !isBatch(path);
}

/** The faults of a step; `struck` is told of each request that one strikes. */
export const strikes = (
  specs: readonly FaultSpec[],
  struck: (effect: FaultEffect, path: string, window: OpenWindow | undefined) => void,
): Fault[] =>
  specs.map(({ effect, on, point, skip, times }): Fault => {
    let met = 0;
    const match = (method: string, path: string): boolean => {
      if (!concerns(on, method, path) || (effect.kind === 'lose' && !/\/assign(ments)?$/.test(path))) return false;
      // A group that is not there is left out, and said to be: that is no fault.
      if (effect.kind === 'error' && effect.status === 404 && path.includes('/groups/')) return false;
      met += 1;
      if (met > skip && met <= skip + times) struck(effect, path, exchangeOfNow()?.window);
      return true;
    };
    return { ...effect, point, skip, times, match };
  });
