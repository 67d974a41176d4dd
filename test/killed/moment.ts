import type { SampleTenant } from '../../src/sample/index.ts';
import { pick } from '../../src/sample/random.ts';
import type { Between } from './serveTenant.ts';

/** Where in a bulk its window is killed. Writes are counted as they come over the wire, a `$batch` as one. */
export type Moment =
  /** Milliseconds after its plans were made. */
  | { readonly kind: 'planned'; readonly ms: number }
  /** As a write comes: before the service does it, after it did so many of the batch, or after it did all of it. */
  | { readonly kind: 'arrived' | 'done'; readonly write: number }
  | { readonly kind: 'halfDone'; readonly write: number; readonly of: number }
  /** As the next request comes after so many writes: what is on disk is not sent yet, or what was sent is looked for. */
  | { readonly kind: 'next'; readonly write: number }
  /** Milliseconds after a write was answered. */
  | { readonly kind: 'answered'; readonly write: number; readonly ms: number };

/** A moment that depends on a key alone, in a bulk of so many writes over the wire. */
export function momentOf(key: string, writes: number): Moment {
  const write = 1 + pick(`${key}/write`, writes);
  const moments: readonly Moment[] = [
    { kind: 'planned', ms: pick(`${key}/ms`, 300) },
    { kind: 'arrived', write },
    { kind: 'done', write },
    { kind: 'halfDone', write, of: 1 + pick(`${key}/of`, 19) },
    { kind: 'next', write },
    { kind: 'answered', write, ms: pick(`${key}/ms`, 40) },
  ];
  return moments[pick(`${key}/kind`, moments.length)] ?? { kind: 'arrived', write };
}

/** The scripts that a request writes to; none of a read. */
export function scriptsWritten({ method, url }: Request, body: string): readonly string[] {
  if (method !== 'POST') return [];
  const requests: readonly { readonly method: string; readonly url: string }[] = url.endsWith('/$batch')
    ? JSON.parse(body).requests
    : [{ method, url }];
  return requests.flatMap(one => (one.method === 'POST' ? (/\/([^/]+)\/assign(?:ments)?$/.exec(one.url)?.[1] ?? []) : []));
}

const dropAfter = (writes: number): SampleTenant['behavior']['faults'][number] => ({
  kind: 'drop',
  match: (method, path) => method === 'POST' && /\/assign(ments)?$/.test(path),
  skip: writes,
});

/** Kills a window at a moment, which is not `planned`. */
export function killAt(moment: Moment, tenant: SampleTenant, kill: () => Promise<unknown>): Between {
  let writes = 0;
  let killed: Promise<unknown> | undefined;
  return async (request, body, serve) => {
    // What it sent as it died is done all the same.
    if (killed || moment.kind === 'planned') return serve();
    const isWrite = scriptsWritten(request, body).length > 0;
    if (!isWrite && moment.kind === 'next' && writes === moment.write) killed = kill();
    if (isWrite) writes += 1;
    if (!isWrite || writes !== moment.write || moment.kind === 'next') return killed ? killed.then(serve) : serve();
    if (moment.kind === 'answered') {
      setTimeout(() => {
        killed = kill();
      }, moment.ms);
      return serve();
    }
    if (moment.kind === 'done') await serve();
    killed = kill();
    await killed;
    if (moment.kind === 'halfDone') {
      tenant.behavior.faults.push(dropAfter(moment.of));
      await serve();
    }
    throw new Error('Nobody is left to be answered.');
  };
}
