import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { GraphError } from '../../src/graph/client.ts';
import { answerChange, type FuzzedService, fuzzedService } from './service.ts';

/** What came of many inputs. */
export interface Figures {
  readonly inputs: number;
  /** Those that were refused with the documented error. */
  readonly refused: number;
  /** Milliseconds. */
  readonly slowest: number;
}

interface FuzzOptions {
  readonly inputs: number;
  readonly seed: number;
  /** Of a failure that was told, to have that one again. */
  readonly path?: string | undefined;
  /** Called after each input. */
  readonly onInput?: () => void;
}

/** A reader of outside data, with inputs that are nearly right or not at all. */
export interface Target {
  readonly name: string;
  /** @throws Error with the input, made as small as it goes, where the reader broke what it promises */
  fuzz(options: FuzzOptions): Promise<Figures>;
}

/** The reader refuses an input by answering false. It throws nothing, and does not hang. */
export function target<Input>(name: string, input: fc.Arbitrary<Input>, read: (input: Input) => boolean | Promise<boolean>): Target {
  return {
    name,
    async fuzz({ inputs, seed, path, onInput }) {
      let [done, refused, slowest] = [0, 0, 0];
      const property = fc.asyncProperty(input, async one => {
        const start = performance.now();
        if (!(await read(one))) refused += 1;
        slowest = Math.max(slowest, performance.now() - start);
        done += 1;
        onInput?.();
        // Node lets go of signals that nobody holds with a turn of its loop, and nothing here waits for anything that would need one.
        await setImmediate();
      });
      await fc.assert(property, { seed, numRuns: inputs, ...(path === undefined ? {} : { path }) });
      return { inputs: done, refused, slowest };
    },
  };
}

/** The most requests that a few reads may need whose every answer is wrong: each is tried five times, and once more with a new token. */
const mostRequests = 400;

/** A reader of answers of Microsoft Graph, which refuses them with a `GraphError` and nothing else. */
export const graphTarget = (name: string, read: (service: FuzzedService) => Promise<unknown>): Target =>
  target(name, fc.array(answerChange, { minLength: 1, maxLength: 4 }), async changes => {
    const service = fuzzedService(changes);
    const error = await read(service).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error !== undefined && !(error instanceof GraphError)) throw error;
    if (service.sent() > mostRequests) throw new Error(`${service.sent()} requests were sent.`);
    return error === undefined;
  });
