// One computer of ours: its clock, which can be set, its disk, and the windows on it, which can die in the middle of anything.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../../src/base/clock.ts';
import { createGraphClient } from '../../src/graph/client.ts';
import { clouds } from '../../src/graph/clouds.ts';
import { createJournalStore } from '../../src/host/journalStore.ts';
import type { SeenSince } from '../../src/intune/history/recovery.ts';
import type { SharedJournal } from '../../src/intune/journal/journal.ts';
import type { Memory } from '../../src/intune/model/memory.ts';
import type { Connection } from '../../src/intune/read/connection.ts';
import type { Inventory } from '../../src/intune/read/inventory.ts';
import type { WriteParts } from '../../src/intune/write/job.ts';
import type { FakeClock } from '../unit/graph/fakeClock.ts';
import { type AppendFault, createDisk, type SimulatedDisk } from './disk.ts';
import type { ChangeStep } from './history.ts';

/** One request on the wire, as its window knows it. */
export interface Exchange {
  readonly window: OpenWindow;
  /** Its place among all requests of the window. */
  readonly number: number;
  readonly sentAt: number;
  readonly method: string;
  readonly url: string;
  readonly body: string;
}

const exchanges = new AsyncLocalStorage<Exchange>();

/** The request that the service is serving; undefined outside of one. */
export const exchangeOfNow = (): Exchange | undefined => exchanges.getStore();

/** What goes wrong with a window while it works. */
type Trouble = Pick<ChangeStep, 'disk' | 'death'>;

/** A window that is open, or was. */
export interface OpenWindow {
  readonly name: string;
  readonly connection: Connection;
  readonly journal: SharedJournal;
  readonly parts: Omit<WriteParts, 'writeMethod' | 'journal'> & { readonly journal: SharedJournal };
  readonly seen: SeenSince;
  readonly isAlive: boolean;
  /** Whether an append has failed since the last trouble began. */
  readonly hasFailed: boolean;
  trouble(next: Trouble): void;
  die(): void;
  /** Does some work, unless the window dies in it: undefined then. */
  until<T>(work: () => Promise<T>): Promise<{ readonly value: T } | undefined>;
}

export interface Computer {
  readonly machine: Clock;
  readonly disk: SimulatedDisk;
  readonly memory: Memory;
  /** Sets the clock. */
  step(ms: number): void;
  /** All windows die, what was not synced is gone, and the uptime begins anew. */
  reboot(): void;
  /** Opens a window. */
  open(): OpenWindow;
}

export interface ComputerOptions {
  readonly clock: FakeClock;
  readonly serve: (request: Request) => Promise<Response>;
  readonly inventory: Inventory;
  readonly connection: Pick<Connection, 'tenantId' | 'tenantName' | 'account'>;
  readonly memory: Memory;
  readonly pidsReused: boolean;
  /** Is told of each request when it goes out, and of each answer when its window gets it. */
  readonly sending: (exchange: Exchange) => void;
  readonly received: (exchange: Exchange, status: number, text: string) => void;
}

/** How long a sign-in takes and what it is good for, in milliseconds: waiting for it in the wrong place shows. */
const tokenMs = 30;
const tokenLifeMs = 900_000;

const appendFaults = {
  full: { writes: 'nothing', ends: 'failure' },
  torn: { writes: 'half', ends: 'failure' },
  unsynced: { writes: 'all', ends: 'failure' },
} as const;

export function createComputer(options: ComputerOptions): Computer {
  const { clock, serve, inventory, memory, pidsReused, sending, received } = options;
  let [stepped, bootedAt, opened, ids] = [0, clock.uptime() - 3_600_000, 0, 0];
  const machine: Clock = {
    now: () => clock.now() + stepped,
    uptime: () => clock.uptime() - bootedAt,
    sleep: clock.sleep,
  };
  const disk = createDisk(machine.now);
  const windows = new Map<string, OpenWindow>();

  function open(): OpenWindow {
    const name = `window-${++opened}`;
    const death = new AbortController();
    const died = new Promise<undefined>(resolve => death.signal.addEventListener('abort', () => resolve(undefined), { once: true }));
    let trouble: Trouble = { disk: undefined, death: undefined };
    let [requests, appends, numbers, failed] = [0, 0, 0, false];
    const isAlive = (): boolean => !death.signal.aborted;
    const die = (): void => death.abort();
    /** What a dead window waits for never comes. */
    const gated = <T>(work: () => Promise<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        if (!isAlive()) return;
        work().then(
          value => isAlive() && resolve(value),
          (error: unknown) => isAlive() && reject(error),
        );
      });
    const dies = (at: 'request' | 'answer'): boolean => trouble.death?.at === at && trouble.death.nth === requests;
    const sleep: Clock['sleep'] = (ms, signal) =>
      gated(() => clock.sleep(ms, signal ? AbortSignal.any([signal, death.signal]) : death.signal));
    const windowClock: Clock = { ...machine, sleep };
    const send = (request: Request): Promise<Response> =>
      gated(async () => {
        if (dies('request')) die();
        if (!isAlive()) return Promise.withResolvers<Response>().promise;
        const body = request.method === 'GET' ? '' : await request.clone().text();
        const { method, url } = request;
        const exchange: Exchange = { window, number: ++numbers, sentAt: clock.now(), method, url, body };
        sending(exchange);
        const answer = await exchanges
          .run(exchange, () => serve(request))
          .finally(() => {
            if (dies('answer')) die();
            requests += 1;
          });
        const text = await answer.text();
        if (isAlive()) received(exchange, answer.status, text);
        const { status, headers } = answer;
        return new Response([204, 304].includes(status) ? null : text, { status, headers });
      });
    const faultOf = (): AppendFault | undefined => {
      const n = appends++;
      const { disk: fault, death: end } = trouble;
      if (end?.nth === n && (end.at === 'append' || end.at === 'tornAppend')) {
        return { writes: end.at === 'append' ? 'all' : 'half', ends: 'death' };
      }
      if (fault?.nth !== n) return undefined;
      failed = true;
      return appendFaults[fault.kind];
    };
    const files = disk.open(sleep, faultOf, die);
    const journal = createJournalStore({
      disk: { ...files, append: (file, text) => gated(() => files.append(file, text)) },
      clock: windowClock,
      window: name,
      lives: other => windows.get(other)?.isAlive === true || (pidsReused && windows.has(other)),
      isOurs: () => true,
    });
    const credential = {
      async getToken() {
        await sleep(tokenMs);
        return { token: name, expiresOnTimestamp: machine.now() + tokenLifeMs };
      },
    };
    const cloud = clouds.global;
    const client = createGraphClient({ cloud, credential, fetch: send, clock: windowClock, random: () => 0.5 });
    const key = 'history';
    const { account } = options.connection;
    const window: OpenWindow = {
      name,
      connection: { key, sample: false, cloud, ...options.connection, client, memory, inventory },
      journal,
      parts: {
        client,
        memory,
        clock: windowClock,
        account,
        connection: key,
        journal,
        newId: () => `id-${++ids}`,
        report: () => undefined,
      },
      seen: new Map(),
      get isAlive() {
        return isAlive();
      },
      get hasFailed() {
        return failed;
      },
      trouble(next) {
        trouble = next;
        [requests, appends, failed] = [0, 0, false];
      },
      die,
      until: work => Promise.race([work().then(value => ({ value })), died]),
    };
    windows.set(name, window);
    return window;
  }

  return {
    machine,
    disk,
    memory,
    step: ms => {
      stepped += ms;
    },
    reboot() {
      for (const window of windows.values()) window.die();
      disk.losePower();
      bootedAt = clock.uptime();
    },
    open,
  };
}
