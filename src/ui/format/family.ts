import { l10n } from 'vscode';
import { GraphError } from '../../graph/errors.ts';
import { type FamilyId, familyOf, tierScopes } from '../../intune/model/families.ts';
import { errorText, errorWords } from '../errorText.ts';

/** What a family is called in the Intune admin center. */
export function familyName(family: FamilyId): string {
  switch (family) {
    case 'deviceManagementScripts':
      return l10n.t('Platform scripts (Windows)');
    case 'deviceHealthScripts':
      return l10n.t('Remediations');
    case 'deviceShellScripts':
      return l10n.t('Shell scripts (macOS)');
    case 'deviceCustomAttributeShellScripts':
      return l10n.t('Custom attributes (macOS)');
    case 'configurationPolicies':
      return l10n.t('Bash scripts (Linux)');
    case 'deviceComplianceScripts':
      return l10n.t('Custom compliance scripts');
  }
}

/** What one script of a family is called. */
export function scriptKindName(family: FamilyId): string {
  switch (family) {
    case 'deviceManagementScripts':
      return l10n.t('Platform script');
    case 'deviceHealthScripts':
      return l10n.t('Remediation');
    case 'deviceShellScripts':
      return l10n.t('Shell script');
    case 'deviceCustomAttributeShellScripts':
      return l10n.t('Custom attribute');
    case 'configurationPolicies':
      return l10n.t('Bash script');
    case 'deviceComplianceScripts':
      return l10n.t('Custom compliance script');
  }
}

/** What the scripts of a family do. */
export function familyDescription(family: FamilyId): string {
  switch (family) {
    case 'deviceManagementScripts':
      return l10n.t('PowerShell scripts that Windows devices run once.');
    case 'deviceHealthScripts':
      return l10n.t('Pairs of PowerShell scripts that detect and fix problems on Windows devices, on a schedule.');
    case 'deviceShellScripts':
      return l10n.t('Shell scripts that Macs run once or repeatedly.');
    case 'deviceCustomAttributeShellScripts':
      return l10n.t('Shell scripts whose output becomes a custom attribute of a Mac.');
    case 'configurationPolicies':
      return l10n.t('Bash scripts for Linux devices. Intune keeps them in the settings catalog.');
    case 'deviceComplianceScripts':
      return l10n.t('Scripts that compliance policies use. They are assigned through their policy.');
  }
}

/** Why a family could not be read. */
export interface FailureWords {
  /** For the family's row. */
  readonly short: string;
  /** For its tooltip and for screen readers: why, and what to do. */
  readonly long: string;
}

const permissionOf = (family: FamilyId, error: GraphError): string =>
  error.requiredScopes[0] ?? tierScopes[familyOf(family).readTier][0] ?? '';

function missingConsent(family: FamilyId, error: GraphError): FailureWords {
  const permission = permissionOf(family, error);
  const ask = l10n.t('An administrator can consent to the permission {0}.', permission);
  const why =
    family === 'configurationPolicies'
      ? l10n.t('Bash scripts for Linux are part of the settings catalog, which has a permission of its own.')
      : l10n.t('Reading these scripts needs a permission that lacks consent.');
  return { short: l10n.t('needs consent to {0}', permission), long: `${why} ${ask}` };
}

const missingRole = (): FailureWords => ({
  short: l10n.t('needs an Intune role'),
  long: l10n.t('Your account has no Intune role that shows these scripts. An Intune administrator can assign you one.'),
});

/** A 403 that names no permission and no role may be either. */
function notAllowed(family: FamilyId, error: GraphError): FailureWords {
  const permission = permissionOf(family, error);
  return {
    short: l10n.t('not allowed'),
    long: l10n.t(
      'Reading these scripts needs consent to the permission {0} and an Intune role that shows them. One of them is missing.',
      permission,
    ),
  };
}

function shortReason(error: unknown): string {
  switch (error instanceof GraphError ? error.kind : undefined) {
    case 'network':
    case 'timeout':
    case 'certificate':
      return l10n.t('not reachable');
    case 'throttled':
      return l10n.t('too many requests');
    default:
      return l10n.t('could not be read');
  }
}

/** Why a family could not be read: for a missing permission or role, which one. */
export function familyFailure(family: FamilyId, error: unknown): FailureWords {
  if (error instanceof GraphError) {
    if (error.kind === 'noToken') return missingConsent(family, error);
    if (error.kind === 'forbidden' && error.intuneRole) return missingRole();
    if (error.kind === 'forbidden') return error.requiredScopes.length > 0 ? missingConsent(family, error) : notAllowed(family, error);
  }
  return { short: shortReason(error), long: errorText(errorWords(error, l10n.t('{0} could not be read.', familyName(family)))) };
}
