import { l10n, ProgressLocation, window } from 'vscode';
import type { Plan } from '../../intune/plan.ts';
import type { ScriptRef } from '../../intune/script.ts';
import type { WriteParts } from '../../intune/write/item.ts';
import type { WriteOutcome } from '../../intune/write/outcome.ts';
import { type WriteOptions, writePlans } from '../../intune/write/writePlans.ts';
import { plainText, withoutLinks } from '../plainText.ts';
import { scriptLabel } from '../words/script.ts';

/**
 * Shows one notification that counts up to `total` scripts and can be cancelled, as `stop` cancels it, while something is written. `sent` is
 * for each script that was written or never will be; from the last one on, the rest of the work is looking what became of them.
 */
export async function withWriteProgress<Value>(
  tenantName: string,
  total: number,
  stop: AbortSignal,
  work: (signal: AbortSignal, sent: (script: ScriptRef) => void) => Promise<Value>,
): Promise<Value> {
  const options = {
    location: ProgressLocation.Notification,
    cancellable: true,
    title: l10n.t('Changing assignments in {0}', withoutLinks(plainText(tenantName))),
  };
  return window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    const subscription = token.onCancellationRequested(() => controller.abort());
    let done = 0;
    progress.report({ message: l10n.t('{0} of {1}', 0, total) });
    try {
      return await work(AbortSignal.any([controller.signal, stop]), script => {
        done += 1;
        const what = done < total ? withoutLinks(scriptLabel(script)) : l10n.t('Checking…');
        progress.report({ increment: 100 / total, message: l10n.t('{0} of {1}: {2}', done, total, what) });
      });
    } finally {
      subscription.dispose();
    }
  });
}

/** Why nothing was written after all, in words. */
export interface Refused {
  readonly refused: string;
}

export interface WriteProgressOptions extends Pick<WriteOptions, 'change' | 'justification'> {
  readonly signal: AbortSignal;
  /**
   * Looks, with the notification open, at what may speak against the write. It resolves also where it was cancelled: then nothing is written
   * anyway. What it resolves to is asked just before the write begins, with nothing awaited between.
   */
  readonly lookAgain: (signal: AbortSignal) => Promise<() => string | undefined>;
}

/** Writes plans in one notification that counts and can be cancelled. */
export const writeWithProgress = (
  plans: readonly Plan[],
  parts: WriteParts,
  tenantName: string,
  { signal: stop, lookAgain, ...options }: WriteProgressOptions,
): Promise<readonly WriteOutcome[] | Refused> =>
  withWriteProgress(tenantName, plans.length, stop, async (signal, sent) => {
    const refusal = await lookAgain(signal);
    const refused = refusal();
    if (refused !== undefined) return { refused };
    return writePlans(plans, parts, { ...options, signal, onSent: ({ script }) => sent(script) });
  });
