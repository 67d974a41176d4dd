import { l10n, ProgressLocation, window } from 'vscode';
import type { Plan } from '../../intune/plan.ts';
import type { WriteParts } from '../../intune/write/item.ts';
import type { WriteOutcome } from '../../intune/write/outcome.ts';
import { type ChangeNote, writePlans } from '../../intune/write/writePlans.ts';
import { plainText, withoutLinks } from '../plainText.ts';
import { scriptLabel } from '../words/script.ts';

/** Writes plans in one notification that counts and can be cancelled. */
export async function writeWithProgress(
  plans: readonly Plan[],
  parts: WriteParts,
  tenantName: string,
  change: ChangeNote,
): Promise<readonly WriteOutcome[]> {
  const options = {
    location: ProgressLocation.Notification,
    cancellable: true,
    title: l10n.t('Changing assignments in {0}', withoutLinks(plainText(tenantName))),
  };
  return window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    const subscription = token.onCancellationRequested(() => controller.abort());
    let done = 0;
    progress.report({ message: l10n.t('{0} of {1}', 0, plans.length) });
    try {
      return await writePlans(plans, parts, {
        signal: controller.signal,
        change,
        onOutcome: ({ script }) => {
          done += 1;
          progress.report({
            increment: 100 / plans.length,
            message: l10n.t('{0} of {1}: {2}', done, plans.length, withoutLinks(scriptLabel(script))),
          });
        },
      });
    } finally {
      subscription.dispose();
    }
  });
}
