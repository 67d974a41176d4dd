import { commands, l10n } from 'vscode';
import type { SettingKey, SettingProblem, Settings } from '../../host/settings.ts';
import { section } from '../../manifest.ts';
import { sayError } from '../../ui/notifications.ts';

/** Says what is wrong with settings, and offers to open them. */
export async function showSettingProblems(problems: readonly SettingProblem[]): Promise<void> {
  const [first] = problems;
  if (!first) return;
  const open = l10n.t('Open Settings');
  if ((await sayError(problems.map(({ message }) => message).join(' '), open)) !== open) return;
  await commands.executeCommand('workbench.action.openSettings', problems.length === 1 ? `${section}.${first.key}` : section);
}

/** Tells of the problems of settings, of each once as long as it lasts. `log` gets their words. */
export function createSettingProblems(log: (line: string) => void): (settings: Pick<Settings, 'problems'>) => Promise<void> {
  let told: ReadonlySet<SettingKey> = new Set();
  return ({ problems }) => {
    const added = problems.filter(({ key }) => !told.has(key));
    told = new Set(problems.map(({ key }) => key));
    for (const { message } of added) log(message);
    return showSettingProblems(added);
  };
}
