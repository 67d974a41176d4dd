import { commands, Disposable, l10n, type Tab, type TabInputText, type TabInputTextDiff, Uri, window, workspace } from 'vscode';
import type { Proposal } from '../../intune/plan/proposal.ts';
import { planScheme } from '../../manifest.ts';
import { scriptCount } from '../../ui/format/count.ts';
import { scriptLabel, tenantTitle } from '../../ui/format/names.ts';
import { say } from '../../ui/notifications.ts';
import type { Side } from './planText.ts';

interface OpenPlan {
  readonly proposal: Proposal;
  readonly apply: () => Promise<boolean>;
}

const nameOf = (side: Side): string => `${side}.txt`;

/** Shows proposals as diffs of two read-only documents (now and after), from which they can be applied or discarded. */
export interface PlanDocuments extends Disposable {
  /** `sides` says what is left and right, where that is not now and after. */
  show(proposal: Proposal, apply: () => Promise<boolean>, sides?: string): Promise<void>;
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
const isText = (input: unknown): input is TabInputText => typeof input === 'object' && input !== null && 'uri' in input;

/** The key of the plan or text that an address is for, or a tab shows: the first two parts of the path. */
const keyOf = ({ scheme, path }: Uri): string | undefined => (scheme === planScheme ? path.split('/', 3).join('/') : undefined);
const keyIn = ({ input }: Tab): string | undefined =>
  isDiff(input) ? keyOf(input.modified) : isText(input) ? keyOf(input.uri) : undefined;
const uriOf = (key: string, name: string): Uri => Uri.from({ scheme: planScheme, path: `${key}/${name}` });

const tabsOf = (key: string): readonly Tab[] => window.tabGroups.all.flatMap(group => group.tabs.filter(tab => keyIn(tab) === key));

/** The key of the diff that is shown. */
function shownKey(): string | undefined {
  const tab = window.tabGroups.activeTabGroup.activeTab;
  return isDiff(tab?.input) ? keyIn(tab) : undefined;
}

/** What tells the tab of a plan from others. */
function subjectOf({ plans }: Proposal): string {
  const [only] = plans;
  return only && plans.length === 1 ? scriptLabel(only.script) : scriptCount(plans.length);
}

/** `now` is in milliseconds since the epoch. */
export function createPlanDocuments(now: () => number): PlanDocuments {
  const plans = new Map<string, OpenPlan>();
  const texts = new Map<string, string>();
  const begun = now();
  let last = 0;

  /** Not the number alone: tabs that VS Code brought back from the window before this one are for what is gone. */
  const lastKey = (): string => `/${begun}/${last}`;

  const provider = workspace.registerTextDocumentContentProvider(planScheme, {
    async provideTextDocumentContent(uri) {
      const key = keyOf(uri) ?? '';
      const text = texts.get(key);
      if (text !== undefined) return text;
      const plan = plans.get(key);
      if (!plan) return l10n.t('What was shown here is gone. Make it again.');
      const { planText } = await import('./planText.ts');
      return planText(plan.proposal, uri.path.endsWith(`/${nameOf('now')}`) ? 'now' : 'after', now());
    },
  });

  /** Nobody can get at what no tab shows any longer. A tab that moves closes in one place and is open in another. */
  const tabs = window.tabGroups.onDidChangeTabs(({ closed }) => {
    for (const key of closed.flatMap(tab => keyIn(tab) ?? [])) {
      if (tabsOf(key).length > 0) continue;
      plans.delete(key);
      texts.delete(key);
    }
  });

  return {
    async show(proposal, apply, sides = l10n.t('now ↔ after')) {
      last += 1;
      const key = lastKey();
      plans.set(key, { proposal, apply });
      const title = l10n.t('Plan {0}: {1} in {2} ({3})', last, subjectOf(proposal), tenantTitle(proposal.connection), sides);
      await commands.executeCommand('vscode.diff', uriOf(key, nameOf('now')), uriOf(key, nameOf('after')), title, { preview: false });
    },
    async showText(title, text) {
      last += 1;
      const key = lastKey();
      texts.set(key, text);
      await window.showTextDocument(uriOf(key, title.replaceAll('/', ' ')), { preview: true });
    },
    shownPlan: () => plans.get(shownKey() ?? '')?.proposal,
    async apply() {
      const key = shownKey();
      const plan = key === undefined ? undefined : plans.get(key);
      if (key === undefined || !plan) {
        void say(l10n.t('Open a plan first: choose Show Plan in a review.'));
        return;
      }
      // Applied once, however often it is asked for; one that was not started after all can be applied later.
      plans.delete(key);
      if (await plan.apply()) await window.tabGroups.close(tabsOf(key));
      else if (tabsOf(key).length > 0) plans.set(key, plan);
    },
    async discard() {
      const key = shownKey();
      if (key === undefined) return;
      plans.delete(key);
      await window.tabGroups.close(tabsOf(key));
    },
    dispose: () => Disposable.from(provider, tabs).dispose(),
  };
}
