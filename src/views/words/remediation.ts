import { l10n } from 'vscode';

/** What was observed of `runRemediationScript`: it is no switch. Said once in a tenant, before the first remediation is assigned. */
export const remediationNote = (): string =>
  l10n.t('If the package has a remediation script, devices run it whichever tool assigned it. This was observed and isn’t documented.');
