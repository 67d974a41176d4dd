import type { Behavior } from '../behavior.ts';
import type { Fault } from '../fault.ts';

/** Hands out each fault as often as it says; leaves the objects of the tests alone. */
export interface FaultLine {
  /** The fault that strikes this request, if any. Counts it. */
  next(method: string, path: string): Fault | undefined;
}

/** A line of the faults that `behavior.faults` has at each moment. */
export function faultLine(behavior: Behavior): FaultLine {
  const seen = new WeakMap<Fault, number>();
  return {
    next(method, path) {
      for (const fault of behavior.faults) {
        const before = seen.get(fault) ?? 0;
        const skip = fault.skip ?? 0;
        if (before >= skip + (fault.times ?? 1) || fault.match?.(method, path) === false) continue;
        seen.set(fault, before + 1);
        if (before >= skip) return fault;
      }
      return undefined;
    },
  };
}
