import type { FamilyId } from '../intune/model/families.ts';
import type { Connection } from '../intune/read/connection.ts';
import { isCancelled } from '../ui/errorText.ts';

type Loaded = Pick<Connection, 'key' | 'inventory'>;

/** Reads inventories for showing, each at most once at a time, with progress in the view. */
export interface InventoryLoader {
  /** Reads everything; joins a reading of the same connection that is under way, and ends that of another one. Never rejects for being ended. */
  load(connection: Loaded): Promise<void>;
  /** Reads one family again. */
  reload(connection: Loaded, family: FamilyId): Promise<void>;
  /** Ends what is under way. */
  stop(): void;
}

/** A loader that shows progress through `withProgress`. */
export function createInventoryLoader(withProgress: (work: () => Promise<void>) => Promise<void>): InventoryLoader {
  let controller = new AbortController();
  let current: string | undefined;
  const running = new Map<string, Promise<void>>();

  function stop(): void {
    controller.abort();
    controller = new AbortController();
    running.clear();
    current = undefined;
  }

  function once({ key }: Loaded, what: string, read: (options: { readonly signal: AbortSignal }) => Promise<void>): Promise<void> {
    if (current !== key) stop();
    current = key;
    const joined = running.get(what);
    if (joined) return joined;
    const { signal } = controller;
    const work = withProgress(() => read({ signal }))
      .catch((error: unknown) => {
        if (!isCancelled(error)) throw error;
      })
      .finally(() => {
        if (running.get(what) === work) running.delete(what);
      });
    running.set(what, work);
    return work;
  }

  return {
    load: connection => once(connection, 'all', options => connection.inventory.load(options)),
    reload: (connection, family) => once(connection, family, options => connection.inventory.reload(family, options)),
    stop,
  };
}
