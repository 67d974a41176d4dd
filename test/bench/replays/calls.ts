// What the replays are written with: plain requests, one after another, as a script of a few lines sends them.
import type { Wire } from '../wire.ts';

/** An object of an answer. */
export interface Item {
  readonly id: string;
  readonly assignments?: readonly Assignment[];
  readonly [name: string]: unknown;
}

export interface Assignment {
  readonly id: string;
  readonly target: {
    readonly '@odata.type': string;
    readonly groupId?: string;
    readonly deviceAndAppManagementAssignmentFilterId?: string | null;
    readonly [name: string]: unknown;
  };
  readonly [name: string]: unknown;
}

interface Page<T> {
  readonly value?: readonly T[];
  readonly '@odata.nextLink'?: string;
}

export interface Calls {
  /** The answer of a GET; undefined for anything but 2xx, such as a deleted group's 404. */
  get<T = Item>(path: string): Promise<T | undefined>;
  /** All items of all pages, one page after another. */
  pages<T = Item>(path: string): Promise<readonly T[]>;
  post<T = unknown>(path: string, body: unknown): Promise<T | undefined>;
}

const origin = 'https://graph.microsoft.com';

export function createCalls({ fetch }: Wire): Calls {
  // ConsistencyLevel is sent by those that need it, and harms no other.
  const headers = { Authorization: 'Bearer sample', 'Content-Type': 'application/json', ConsistencyLevel: 'eventual' };

  async function send<T>(request: Request): Promise<T | undefined> {
    const response = await fetch(request);
    const text = await response.text();
    return response.ok && text !== '' ? (JSON.parse(text) as T) : undefined;
  }

  const get = <T>(path: string): Promise<T | undefined> => send(new Request(new URL(path, origin), { headers }));

  return {
    get,
    async pages<T>(path: string) {
      const items: T[] = [];
      for (let next: string | undefined = path; next !== undefined; ) {
        const page: Page<T> | undefined = await get<Page<T>>(next);
        items.push(...(page?.value ?? []));
        next = page?.['@odata.nextLink'];
      }
      return items;
    },
    post: (path, body) => send(new Request(new URL(path, origin), { method: 'POST', headers, body: JSON.stringify(body) })),
  };
}

/** The groups of some assignments, once for each assignment. */
export const groupIdsOf = (assignments: readonly Assignment[]): readonly string[] =>
  assignments.flatMap(({ target }) => (target.groupId === undefined ? [] : [target.groupId]));

export const deviceManagement = '/beta/deviceManagement';
