import { l10n } from 'vscode';

/** What was observed of `runRemediationScript`: it is no switch. Said once in a tenant, before the first remediation is assigned. */
export const remediationNote = (): string =>
  l10n.t('Intune runs the remediation script for every assigned group, whatever tool assigned it. This was observed and isn’t documented.');
