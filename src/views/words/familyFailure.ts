import { l10n } from 'vscode';
import { GraphError } from '../../graph/errors.ts';
import { type FamilyId, familyOf, tierScopes } from '../../intune/model/families.ts';
import { errorText, errorWords } from '../errorWords.ts';
import { familyName } from './family.ts';

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
