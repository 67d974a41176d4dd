import { l10n } from 'vscode';
import { commands } from '../../contract.ts';
import { GraphError } from '../../graph/errors.ts';
import { tierScopes } from '../../intune/model/families.ts';
import type { KnownFilters } from '../../intune/read/filters.ts';
import type { Answer, PickRow } from '../scriptPicker/pickRow.ts';
import type { FilterParts, FilterQuestion } from './filterQuestion.ts';

/** What can be done about a permission that is missing. */
type WayOut = 'ask' | 'consent';

/** Whether filters were not read for want of a permission that can be asked for. */
const lacksPermission = (error: unknown): boolean =>
  error instanceof GraphError &&
  (error.kind === 'noToken' || error.kind === 'claimsChallenge' || (error.kind === 'forbidden' && !error.intuneRole));

async function askWayOut({ pickOne }: FilterParts, title: string): Promise<Answer<WayOut>> {
  const rows: readonly PickRow<WayOut>[] = [
    { kind: 'choice', label: l10n.t('Ask for the Permission…'), icon: 'key', value: 'ask' },
    {
      kind: 'choice',
      label: l10n.t('Open Consent Page'),
      description: l10n.t('for an administrator'),
      icon: 'link-external',
      value: 'consent',
    },
  ];
  const placeholder = l10n.t('To use filters, the permission {0} is needed', tierScopes.browseMore[0] ?? '');
  return pickOne(rows, { title, placeholder }, { back: true });
}

/** The filters; where the permission for them is missing, the user is offered to get it. Rejects with any other `GraphError`. */
export async function readableFilters(parts: FilterParts, { title, inventory }: FilterQuestion): Promise<Answer<KnownFilters>> {
  try {
    return { kind: 'picked', value: await inventory.readFilters() };
  } catch (error) {
    if (!lacksPermission(error)) throw error;
  }
  const way = await askWayOut(parts, title);
  if (way?.kind !== 'picked') return way;
  if (way.value === 'consent') await parts.run(commands.openConsentPage);
  else if (await parts.ensureTier('browseMore')) return { kind: 'picked', value: await inventory.readFilters() };
  return undefined;
}
