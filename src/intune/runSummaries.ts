import type { GraphClient } from '../graph/client.ts';
import { type RunSummary, readRunSummary } from './runSummary.ts';
import { type Script, scriptKey } from './script.ts';

/** What is known of how one script ran. */
export type RunSummaryState =
  | { readonly status: 'reading' }
  /** `readAt` is in milliseconds since the epoch. */
  | { readonly status: 'read'; readonly summary: RunSummary; readonly readAt: number }
  | { readonly status: 'failed'; readonly error: unknown };

/** How scripts ran, each read when it is asked for and not before. Belongs to one tenant and account. */
export interface RunSummaries {
  /** Undefined for a script that nobody has asked for. */
  of(script: Pick<Script, 'family' | 'id'>): RunSummaryState | undefined;
  /** Reads in the background, unless it was read since it was last forgotten. A failure counts as read. */
  read(script: Script): void;
  /** Has what is known of a family read anew when it is asked for again. Until then it is still told. */
  forget(family: Script['family']): void;
  /** Tells that more is known of a script. */
  onDidChange(listener: (script: Script) => void): { dispose(): void };
  /** Ends what is under way. */
  dispose(): void;
}

interface Entry {
  readonly script: Script;
  state: RunSummaryState;
  fresh: boolean;
  /** Counts readings, so that one that was overtaken is dropped. */
  reading: number;
}

/** `now` gives milliseconds since the epoch. */
export function createRunSummaries(client: GraphClient, now: () => number): RunSummaries {
  const entries = new Map<string, Entry>();
  const listeners = new Set<(script: Script) => void>();
  const controller = new AbortController();

  async function stateNow(script: Script): Promise<RunSummaryState> {
    try {
      const summary = await readRunSummary(client, script, { signal: controller.signal });
      return { status: 'read', summary, readAt: now() };
    } catch (error) {
      return { status: 'failed', error };
    }
  }

  async function fill(entry: Entry): Promise<void> {
    entry.fresh = true;
    entry.reading += 1;
    const mine = entry.reading;
    const state = await stateNow(entry.script);
    if (mine !== entry.reading || controller.signal.aborted) return;
    entry.state = state;
    for (const listener of [...listeners]) listener(entry.script);
  }

  return {
    of: script => entries.get(scriptKey(script))?.state,
    read(script) {
      const entry = entries.get(scriptKey(script)) ?? { script, state: { status: 'reading' }, fresh: false, reading: 0 };
      entries.set(scriptKey(script), entry);
      if (!entry.fresh) void fill(entry);
    },
    forget(family) {
      for (const entry of entries.values()) if (entry.script.family === family) entry.fresh = false;
    },
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
    dispose: () => controller.abort(),
  };
}
