import { l10n } from 'vscode';
import { dayOf } from '../changesTree.ts';
import type { DayNode } from '../nodes.ts';
import type { Row, RowContext } from './row.ts';

const dayLength = 24 * 3_600_000;
const format = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

function dayWords(day: string, now: number): string {
  if (day === dayOf(now)) return l10n.t('Today');
  if (day === dayOf(now - dayLength)) return l10n.t('Yesterday');
  // Noon is on the same day wherever clocks are changed.
  return format.format(new Date(`${day}T12:00:00`));
}

/** The row of a day. The newest one is open from the start. */
export function dayRow({ day }: DayNode, { now, changes = [] }: RowContext): Row {
  const count = changes.filter(({ at }) => dayOf(at) === day).length;
  const label = dayWords(day, now);
  const description = count === 1 ? l10n.t('1 change') : l10n.t('{0} changes', count);
  return {
    label,
    description,
    icon: { id: 'calendar' },
    expandable: true,
    expanded: changes[0] !== undefined && dayOf(changes[0].at) === day,
    capabilities: [],
    spoken: [label, description].join(', '),
    tooltip: [label, description],
  };
}
