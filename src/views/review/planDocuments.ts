import { commands, type Disposable, l10n, type TabInputTextDiff, Uri, window, workspace } from 'vscode';
import { planScheme } from '../../contract.ts';
import type { Proposal } from '../../intune/proposal.ts';
import { visibleName } from '../plainText.ts';
import { say } from '../say.ts';
import { scriptCount } from '../words/count.ts';
import { scriptLabel } from '../words/script.ts';
import { planText, type Side } from './planText.ts';

interface OpenPlan {
  readonly proposal: Proposal;
  readonly apply: () => Promise<boolean>;
}

const uriOf = (id: number, side: Side): Uri => Uri.from({ scheme: planScheme, path: `/${id}/${side}.txt` });

/** Shows proposals as diffs of two read-only documents (now and after), from which they can be applied or discarded. */
export interface PlanDocuments extends Disposable {
  show(proposal: Proposal, apply: () => Promise<boolean>): Promise<void>;
  /** Shows a text that stays as it is, such as the result of a change. */
  showText(title: string, text: string): Promise<void>;
  /** The plan of the diff that is shown. */
  shownPlan(): Proposal | undefined;
  /** Applies the plan of the diff that is shown. A plan is applied once. */
  apply(): Promise<void>;
  /** Closes the diff that is shown; its plan is gone. */
  discard(): Promise<void>;
}

const isDiff = (input: unknown): input is TabInputTextDiff => typeof input === 'object' && input !== null && 'modified' in input;

const tenantOf = ({ connection }: Proposal): string => visibleName(connection.tenantName) ?? connection.tenantId;

/** What tells the tab of a plan from others. */
function subjectOf({ plans }: Proposal): string {
  const [only] = plans;
  return only && plans.length === 1 ? scriptLabel(only.script) : scriptCount(plans.length);
}

/** `now` is in milliseconds since the epoch. */
export function createPlanDocuments(now: () => number): PlanDocuments {
  const plans = new Map<number, OpenPlan>();
  const texts = new Map<string, string>();
  let last = 0;

  const idOf = (uri: Uri | undefined): number | undefined => (uri?.scheme === planScheme ? Number(uri.path.split('/')[1]) : undefined);
  const shown = (): number | undefined => {
    const input = window.tabGroups.activeTabGroup.activeTab?.input;
    return isDiff(input) ? idOf(input.modified) : undefined;
  };

  const provider = workspace.registerTextDocumentContentProvider(planScheme, {
    provideTextDocumentContent(uri) {
      const text = texts.get(uri.path);
      if (text !== undefined) return text;
      const plan = plans.get(idOf(uri) ?? 0);
      if (!plan) return l10n.t('This plan is gone. Make it again.');
      return planText(plan.proposal, uri.path.endsWith('/now.txt') ? 'now' : 'after', now());
    },
  });

  async function close(id: number): Promise<void> {
    const tabs = window.tabGroups.all.flatMap(group => group.tabs).filter(({ input }) => isDiff(input) && idOf(input.modified) === id);
    await window.tabGroups.close(tabs);
  }

  return {
    async show(proposal, apply) {
      last += 1;
      plans.set(last, { proposal, apply });
      const title = l10n.t('Plan {0}: {1} in {2} (now ↔ after)', last, subjectOf(proposal), tenantOf(proposal));
      await commands.executeCommand('vscode.diff', uriOf(last, 'now'), uriOf(last, 'after'), title, { preview: false });
    },
    async showText(title, text) {
      last += 1;
      const uri = Uri.from({ scheme: planScheme, path: `/text/${last}/${title.replaceAll('/', ' ')}` });
      texts.set(uri.path, text);
      await window.showTextDocument(uri, { preview: true });
    },
    shownPlan: () => plans.get(shown() ?? 0)?.proposal,
    async apply() {
      const id = shown();
      const plan = id === undefined ? undefined : plans.get(id);
      if (id === undefined || !plan) {
        void say(l10n.t('Open a plan first: choose Show Plan in a review.'));
        return;
      }
      // Applied once, however often it is asked for; one that was not started after all can be applied later.
      plans.delete(id);
      if (await plan.apply()) await close(id);
      else plans.set(id, plan);
    },
    async discard() {
      const id = shown();
      if (id === undefined) return;
      plans.delete(id);
      await close(id);
    },
    dispose: () => provider.dispose(),
  };
}
