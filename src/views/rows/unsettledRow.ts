import { l10n } from 'vscode';
import type { UnsettledNode } from '../nodes.ts';
import { unsettledWords } from '../words/change.ts';
import { amount } from '../words/count.ts';
import type { Row } from './row.ts';

/** The row of writes that nobody knows the outcome of, while nobody is signed in who could look. */
export function unsettledRow({ count }: UnsettledNode): Row {
  const label = count === 1 ? l10n.t('Sign in to check 1 script') : l10n.t('Sign in to check {0} scripts', amount(count));
  const words = unsettledWords(count);
  return {
    label,
    icon: { id: 'question', color: 'list.warningForeground' },
    expandable: false,
    capabilities: [],
    command: 'signIn',
    spoken: [label, words].join(', '),
    tooltip: [label, words],
  };
}
