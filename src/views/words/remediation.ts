import { l10n } from 'vscode';
import type { Assignment } from '../../intune/assignment.ts';
import type { FamilyId } from '../../intune/families.ts';
import { isExclusion } from './target.ts';

/** Whether an assignment of a remediation remediates; `unknown` says it where that is not known, or not the same for all. */
export function remediatesWords(remediates: boolean | undefined, unknown: string): string {
  if (remediates === undefined) return unknown;
  return remediates ? l10n.t('remediates') : l10n.t('only detects');
}

/** Whether a planned row of a remediation remediates; undefined for other families, and for what is excluded. */
export function remediationWords(family: FamilyId, assignment: Assignment): string | undefined {
  if (family !== 'deviceHealthScripts' || isExclusion(assignment.target)) return undefined;
  return remediatesWords(assignment.runRemediationScript === true, '');
}

/** That Intune does not tell, and what existing assignments are therefore written as. */
export const assumedWords = (assumed: boolean): string =>
  assumed
    ? l10n.t('Intune does not tell whether existing assignments remediate. They will be written as “remediate”.')
    : l10n.t('Intune does not tell whether existing assignments remediate. They and the new ones will be written as “only detect”.');
