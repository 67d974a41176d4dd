import { l10n } from 'vscode';
import type { ScriptRef } from '../intune/model/script.ts';
import { longestJustification } from '../intune/write/approval.ts';
import type { AskText } from '../views/inputBox.ts';
import { scriptCount } from '../views/words/count.ts';
import { quoted } from '../views/words/quoted.ts';
import { scriptLabel } from '../views/words/script.ts';

const promptOf = ([only, ...more]: readonly ScriptRef[]): string =>
  only && more.length === 0
    ? l10n.t('Another administrator has to approve the change of {0}. Say why it is needed.', quoted(scriptLabel(only)))
    : l10n.t(
        'Another administrator has to approve the change of {0}, by one request each. Say why it is needed.',
        scriptCount(more.length + 1),
      );

/** Asks why protected changes are needed, once for all of them; undefined when the user leaves. */
export async function askJustification(
  { askText }: { readonly askText: AskText },
  scripts: readonly ScriptRef[],
): Promise<string | undefined> {
  const answer = await askText({
    title: l10n.t('Multi Admin Approval'),
    prompt: promptOf(scripts),
    initial: '',
    parse: text => (text.trim() !== '' && text.trim().length <= longestJustification ? text.trim() : undefined),
    problem: text => (text.trim() === '' ? l10n.t('Enter a justification.') : l10n.t('At most {0} characters.', longestJustification)),
  });
  return answer?.kind === 'picked' ? answer.value : undefined;
}
