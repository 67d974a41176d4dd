import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ScriptRef } from '../../src/intune/model/script.ts';
import type { WriteMethod } from '../../src/intune/write/route.ts';

/** What a window is to do: add a group to scripts. */
export interface Bulk {
  /** Where Microsoft Graph is. */
  readonly url: string;
  /** Where the journal is. */
  readonly folder: string;
  readonly scripts: readonly ScriptRef[];
  readonly groupId: string;
  readonly writeMethod: WriteMethod;
}

/** A window that changes many scripts, in a process of its own. */
export interface BulkWindow {
  readonly child: ChildProcess;
  /** Scripts that it made no plan for, such as those of which the service still shows what another window has changed. */
  readonly unread: ReadonlySet<string>;
  /** Resolves when it has made its plans and begins to write. */
  readonly planned: Promise<unknown>;
  /** Resolves when its process has ended. */
  readonly ended: Promise<unknown>;
  /** Ends its process at once, whatever it is doing. */
  kill(): Promise<unknown>;
}

export function startBulk(bulk: Bulk): BulkWindow {
  const file = fileURLToPath(new URL('bulkWindow.ts', import.meta.url));
  const child = fork(file, [JSON.stringify(bulk)], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = once(child, 'close');
  const unread = new Set<string>();
  child.on('message', ids => {
    for (const id of Array.isArray(ids) ? ids : []) unread.add(String(id));
  });
  return {
    child,
    unread,
    ended,
    planned: Promise.race([once(child, 'message'), ended]),
    kill() {
      child.kill('SIGKILL');
      return ended;
    },
  };
}
