import { families, familyOf } from '../../intune/model/families.ts';
import type { Connection } from '../../intune/read/connection.ts';
import type { InventoryChange } from '../../intune/read/inventory.ts';
import { createRunSummaries, type RunSummaries } from '../../intune/read/runSummary.ts';
import type { Node, RunSummaryNode } from '../../ui/nodes.ts';

type Source = Pick<Connection, 'key' | 'client' | 'inventory'>;

/** How the scripts ran whose rows are unfolded, in the connection that is shown. */
export interface ShownRunSummaries {
  readonly of: RunSummaries['of'];
  /** Takes another connection; what was known of the one before is dropped. */
  show(connection: Source | undefined): void;
  /** Reads how a script ran, once its row is unfolded and its family was read: nothing is asked for that nobody looks at. */
  unfolded(node: Node): void;
  /** Has what a new reading of scripts began with be read anew. */
  follow(change: InventoryChange): void;
  dispose(): void;
}

/** `now` gives milliseconds since the epoch, `changed` gets the row of which more is known. */
export function createShownRunSummaries(now: () => number, changed: (node: RunSummaryNode) => void): ShownRunSummaries {
  let source: Source | undefined;
  let summaries: RunSummaries | undefined;

  const statusOf = (family: (typeof families)[number]['id']): string | undefined => source?.inventory.families.get(family)?.status;

  return {
    of: script => summaries?.of(script),
    show(next) {
      if (next === source) return;
      summaries?.dispose();
      source = next;
      summaries = next && createRunSummaries(next.client, now);
      if (next) summaries?.onDidChange(script => changed({ kind: 'runSummary', connection: next.key, script }));
    },
    unfolded(node) {
      if (node.kind !== 'script' || node.connection !== source?.key || !familyOf(node.script.family).runSummary) return;
      if (statusOf(node.script.family) === 'loaded') summaries?.read(node.script);
    },
    follow(change) {
      for (const { id } of families) {
        if ((change === 'all' || change === id) && statusOf(id) === 'loading') summaries?.forget(id);
      }
    },
    dispose: () => summaries?.dispose(),
  };
}
