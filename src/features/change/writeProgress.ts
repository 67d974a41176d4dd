import { l10n, ProgressLocation, window } from 'vscode';
import type { ScriptRef } from '../../intune/model/script.ts';
import type { Plan } from '../../intune/plan/plan.ts';
import type { WriteParts } from '../../intune/write/job.ts';
import type { WriteOutcome } from '../../intune/write/outcome.ts';
import { type WriteOptions, writePlans } from '../../intune/write/write.ts';
import { waitWords } from '../../ui/errorText.ts';
import { scriptLabel } from '../../ui/format/names.ts';
import { plainText, withoutLinks } from '../../ui/plainText.ts';

/** Tells the notification how a write goes on. */
export interface WriteProgress {
  /** For each script that was written or never will be; from the last one on, the rest of the work is looking what became of them. */
  readonly sent: (script: ScriptRef) => void;
  /** For each wait that the service asks for, in milliseconds. */
  readonly waits: (ms: number) => void;
}

/** Shows one notification that counts up to `total` scripts and can be cancelled, as `stop` cancels it, while something is written. */
export async function withWriteProgress<Value>(
  tenantName: string,
  total: number,
  stop: AbortSignal,
  work: (signal: AbortSignal, progress: WriteProgress) => Promise<Value>,
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
      const say = (what: string, increment?: number): void =>
        progress.report({ ...(increment !== undefined && { increment }), message: l10n.t('{0} of {1}: {2}', done, total, what) });
      return await work(AbortSignal.any([controller.signal, stop]), {
        sent: script => {
          done += 1;
          say(done < total ? withoutLinks(scriptLabel(script)) : l10n.t('Checking…'), 100 / total);
        },
        waits: ms => say(l10n.t('Waiting {0}, as Microsoft Graph asks', waitWords(ms))),
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
  withWriteProgress(tenantName, plans.length, stop, async (signal, { sent, waits }) => {
    const refusal = await lookAgain(signal);
    const refused = refusal();
    if (refused !== undefined) return { refused };
    return writePlans(plans, { ...parts, waits }, { ...options, signal, onSent: ({ script }) => sent(script) });
  });
