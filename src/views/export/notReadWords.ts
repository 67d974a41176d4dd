import { l10n } from 'vscode';
import { familyName } from '../words/family.ts';
import { familyFailure } from '../words/familyFailure.ts';
import type { NotRead } from './exportData.ts';

/** Why a family is missing, in a few words: "needs consent to …". */
export const notReadReason = ({ family, error }: NotRead): string =>
  error === undefined ? l10n.t('reading was ended') : familyFailure(family, error).short;

/** "Bash scripts (Linux) could not be read and are missing: needs consent to …." */
export const notReadWords = (missing: NotRead): string =>
  l10n.t('{0} could not be read and are missing: {1}.', familyName(missing.family), notReadReason(missing));
