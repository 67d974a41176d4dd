import type { Cloud } from '../graph/clouds.ts';
import { urlPart } from '../graph/request.ts';
import { familyOf } from '../intune/model/families.ts';
import type { ScriptRef } from '../intune/model/script.ts';

/** The page of a script in the Intune admin center. */
export const scriptLink = (cloud: Pick<Cloud, 'adminCenter'>, { family, id }: Pick<ScriptRef, 'family' | 'id'>): string =>
  `${cloud.adminCenter}/${familyOf(family).adminCenterPath(urlPart(id))}`;

/** The page of a group in the Intune admin center, which has the group pages of Microsoft Entra. */
export const groupLink = (cloud: Pick<Cloud, 'adminCenter'>, id: string): string =>
  `${cloud.adminCenter}/#view/Microsoft_AAD_IAM/GroupDetailsMenuBlade/~/Overview/groupId/${urlPart(id)}`;
