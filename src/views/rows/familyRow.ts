import { l10n } from 'vscode';
import type { FamilyId } from '../../intune/model/families.ts';
import type { FamilyState } from '../../intune/read/inventory.ts';
import type { FamilyNode } from '../nodes.ts';
import { scriptCount } from '../words/count.ts';
import { familyDescription, familyName } from '../words/family.ts';
import { type FailureWords, familyFailure } from '../words/familyFailure.ts';
import { inOneLine } from '../words/list.ts';
import { type Icon, type Row, type RowContext, warningIcon } from './row.ts';

const icons: Readonly<Record<FamilyId, string>> = {
  deviceManagementScripts: 'terminal-powershell',
  deviceHealthScripts: 'tools',
  deviceShellScripts: 'terminal-bash',
  deviceCustomAttributeShellScripts: 'tag',
  configurationPolicies: 'terminal-linux',
  deviceComplianceScripts: 'shield',
};

function iconOf(family: FamilyId, state: FamilyState | undefined): Icon {
  if (state?.status === 'failed') return warningIcon;
  return { id: state?.status === 'loading' ? 'loading~spin' : icons[family] };
}

const failureOf = (family: FamilyId, state: FamilyState | undefined): FailureWords | undefined =>
  state?.status === 'failed' ? familyFailure(family, state.error) : undefined;

/** A failure, with what is still shown from before. */
const failedLines = (failure: FailureWords | undefined, stale: boolean): readonly string[] => [
  ...(failure ? [failure.long] : []),
  ...(failure && stale ? [l10n.t('The scripts below were read earlier.')] : []),
];

/** The row of a family: its name and count, or why it could not be read. */
export function familyRow({ family }: FamilyNode, { inventory }: RowContext): Row {
  const state = inventory.families.get(family);
  const count = state?.scripts?.length;
  const failure = failureOf(family, state);
  const name = familyName(family);
  const lines = failedLines(failure, count !== undefined);
  return {
    label: name,
    description: inOneLine([count === undefined ? undefined : String(count), failure?.short]),
    icon: iconOf(family, state),
    expandable: count !== undefined && count > 0,
    capabilities: ['family', 'refresh'],
    spoken: [[name, ...(count === undefined ? [] : [scriptCount(count)])].join(', '), ...lines].join('. '),
    tooltip: [name, ...lines, familyDescription(family)],
  };
}
