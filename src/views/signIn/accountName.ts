import type { Account } from '../../auth/account.ts';
import { visibleName } from '../plainText.ts';

/** What an account is called: its user principal name, or its id where nothing of that would be seen. */
export const accountName = ({ id, label }: Account): string => visibleName(label) ?? id;
