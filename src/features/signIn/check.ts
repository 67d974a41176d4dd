import { l10n } from 'vscode';
import { markdownText } from '../../ui/plainText.ts';

/** How one check of sign-in ended. */
export type CheckResult = 'works' | 'attention' | 'fails' | 'notTested';

/** One check of sign-in. All texts are plain. */
export interface Check {
  readonly title: string;
  readonly result: CheckResult;
  /** What was found. */
  readonly found: readonly string[];
  /** What to do about it. */
  readonly remedy?: string | undefined;
}

export const check = (title: string, result: CheckResult, found: readonly string[], remedy?: string): Check => ({
  title,
  result,
  found,
  remedy,
});

const resultWords = (result: CheckResult): string =>
  ({
    works: l10n.t('Works'),
    attention: l10n.t('Needs a look'),
    fails: l10n.t('Does not work'),
    notTested: l10n.t('Not tested'),
  })[result];

function section({ title, result, found, remedy }: Check): readonly string[] {
  const lines = found.map(line => `- ${markdownText(line)}`);
  const help = remedy === undefined ? [] : [`- **${markdownText(l10n.t('What to do:'))}** ${markdownText(remedy)}`];
  return [`## ${markdownText(`${resultWords(result)}: ${title}`)}`, '', ...lines, ...help, ''];
}

/** What checks came to, as a Markdown document that also reads well as it stands. `line` says for whom they were made. */
export function checkReport(checks: readonly Check[], line: string): string {
  return [`# ${l10n.t('Test of sign-in')}`, '', markdownText(line), '', ...checks.flatMap(section)].join('\n');
}
