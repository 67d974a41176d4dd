import { l10n } from 'vscode';
import type { FamilyId } from '../../intune/model/families.ts';
import type { Warning } from '../../intune/plan/warnings.ts';
import type { Reach } from '../../intune/read/memberCount.ts';
import { clockTime } from './assignment.ts';
import { groupLabel, type KnownGroups, shortId, targetLabel } from './names.ts';

const policySet = (count: number): string =>
  count === 1
    ? l10n.t('One assignment comes from a policy set. It stays as it is.')
    : l10n.t('{0} assignments come from policy sets. They stay as they are.', count);

const unknownTarget = (count: number): string =>
  count === 1
    ? l10n.t('One assignment is of a kind that this version does not know. It is kept as it was read.')
    : l10n.t('{0} assignments are of kinds that this version does not know. They are kept as they were read.', count);

function mixedExclusion({ groupId, has, from }: Warning & { readonly kind: 'mixedExclusion' }, groups: KnownGroups): string {
  const [excluded, included] = [groupLabel(groups, groupId), targetLabel(from, groups)];
  return has === 'users'
    ? l10n.t('{0} has only users, {1} only devices. Intune does not evaluate such an exclusion.', excluded, included)
    : l10n.t('{0} has only devices, {1} only users. Intune does not evaluate such an exclusion.', excluded, included);
}

function allAtOnce({ target, reach, at }: Warning & { readonly kind: 'allAtOnce' }, groups: KnownGroups): string {
  const everyone = target.kind === 'allDevices' || target.kind === 'allUsers';
  const who = everyone ? targetLabel(target, groups) : l10n.t('Up to {0}', reachWords(reach));
  return at.utc
    ? l10n.t('{0} run it at once, at {1} UTC.', who, clockTime(at.time))
    : l10n.t('{0} run it at once, at {1} device time.', who, clockTime(at.time));
}

/** What a person should know before a plan is written, in one or two sentences. */
export function warningWords(warning: Warning, groups: KnownGroups): string {
  switch (warning.kind) {
    case 'pending':
      return l10n.t('Another change of it waits for approval. That one cannot be finished after this one.');
    case 'includedAndExcluded':
      return l10n.t('{0} is both included and excluded. Intune was seen to keep only the inclusion.', groupLabel(groups, warning.groupId));
    case 'alreadyOnAllDevices':
      return l10n.t('It is assigned to all devices already, so a group adds no device.');
    case 'alreadyOnAllUsers':
      return l10n.t('It is assigned to all users already, so a group of users adds nobody.');
    case 'groupsBesideAllDevices':
      return l10n.t('With all devices, the groups that it is assigned to add no device.');
    case 'groupsBesideAllUsers':
      return l10n.t('With all users, the groups of users that it is assigned to add nobody.');
    case 'nothingLeft':
      return l10n.t('It reaches nobody any more.');
    case 'exclusionRemoved':
      return l10n.t('{0} is not excluded any more, so more devices or users may be reached.', groupLabel(groups, warning.groupId));
    case 'mixedExclusion':
      return mixedExclusion(warning, groups);
    case 'userScriptOnDevices':
      return l10n.t('It runs as the signed-in user, and {0} has only devices.', groupLabel(groups, warning.groupId));
    case 'allAtOnce':
      return allAtOnce(warning, groups);
    case 'passedHere':
      return l10n.t(
        'It is past {0} here: where devices have that time behind them, {1} runs it at once.',
        clockTime(warning.at.time),
        targetLabel(warning.target, groups),
      );
    case 'onlyExclusions':
      return l10n.t('Only exclusions remain, so it reaches nobody.');
    case 'deletedGroup':
      return l10n.t('A group that it is assigned to is deleted ({0}…).', shortId(warning.groupId));
    case 'passedRunOnce':
      return l10n.t('The date of the schedule for {0} has passed.', targetLabel(warning.assignment.target, groups));
    case 'policySet':
      return policySet(warning.count);
    case 'unknownTarget':
      return unknownTarget(warning.count);
  }
}

const number = new Intl.NumberFormat('en');

/** On how many a group has an effect. */
export function reachWords({ devices, users }: Reach): string {
  if (devices === undefined && users === undefined) return l10n.t('unknown number of devices and users');
  const deviceWords =
    devices === undefined
      ? l10n.t('unknown number of devices')
      : devices === 1
        ? l10n.t('1 device')
        : l10n.t('{0} devices', number.format(devices));
  const userWords =
    users === undefined ? l10n.t('unknown number of users') : users === 1 ? l10n.t('1 user') : l10n.t('{0} users', number.format(users));
  if (devices === 0 && users === 0) return l10n.t('empty');
  if (devices === 0) return userWords;
  return users === 0 ? deviceWords : l10n.t('{0}, {1}', deviceWords, userWords);
}

/** What was observed of `runRemediationScript`: it is no switch. Said once in a tenant, before the first remediation is assigned. */
export const remediationNote = (): string =>
  l10n.t('If the package has a remediation script, devices run it whichever tool assigned it. This was observed and isn’t documented.');

/**
 * When a script of a family runs once it is assigned, in one sentence.
 * Sources, in MicrosoftDocs/memdocs: run-powershell-scripts-windows.md, run-shell-scripts-macos.md, deploy-remediations.md.
 */
export function whenItRuns(family: FamilyId): string {
  switch (family) {
    case 'deviceManagementScripts':
      return l10n.t(
        'Runs once on each device, and once for each new user who signs in to it; when the script or its policy changes, it runs again on every assigned device.',
      );
    case 'deviceHealthScripts':
      return l10n.t('Runs on its schedule; a device that missed it runs the script as soon as it is online.');
    case 'deviceShellScripts':
      return l10n.t('Runs once on each Mac; with a frequency, it runs at that frequency and after each restart.');
    case 'deviceCustomAttributeShellScripts':
      return l10n.t('Runs on each Mac every 8 hours.');
    case 'configurationPolicies':
      return l10n.t('Runs on each device at the frequency that is set in the policy.');
    case 'deviceComplianceScripts':
      return l10n.t('Runs when the compliance policy that uses it is evaluated.');
  }
}
