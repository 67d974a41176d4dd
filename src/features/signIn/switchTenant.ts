import { l10n } from 'vscode';
import { type Identity, type Registration, sameRegistration, saveRegistration } from '../../auth/account.ts';
import type { KnownTenant } from '../../connections/accountConnection.ts';
import { cloudTitle, type Settings, type updateSetting } from '../../host/settings.ts';
import { shortId } from '../../ui/format/names.ts';
import { visibleName } from '../../ui/plainText.ts';
import type { PickOne, PickRow } from '../../ui/quickPick.ts';
import { accountName } from './showOutcome.ts';

/** What Switch Tenant is made of. */
export interface SwitchTenantParts {
  readonly readSettings: () => Settings;
  readonly updateSetting: typeof updateSetting;
  readonly known: () => readonly KnownTenant[];
  readonly signIn: { readonly identity: Identity | undefined; restore(): Promise<void> };
  readonly pickOne: PickOne;
  /** The commands that may follow. */
  readonly askToSignIn: () => Promise<void>;
  readonly signInAsAnother: () => Promise<void>;
  readonly setUpSignIn: () => Promise<void>;
  readonly useSampleTenant: () => Promise<void>;
  readonly leaveSampleTenant: () => Promise<void>;
}

type Choice = KnownTenant | 'another' | 'account' | 'sample' | 'leaveSample' | 'stay';

const labelOf = ({ name, tenantId }: KnownTenant): string => visibleName(name) ?? tenantId;

/** `tenants` are all that are offered: two of one name are told apart by the beginning of their ids, or of those of their apps. */
function tenantRow(tenant: KnownTenant, isShown: boolean, tenants: readonly KnownTenant[]): PickRow<Choice> {
  const { account, cloud, tenantId } = tenant;
  const label = labelOf(tenant);
  const alike = tenants.filter(other => other !== tenant && labelOf(other) === label);
  const words = [
    accountName(account),
    ...(cloud === 'global' ? [] : [cloudTitle(cloud)]),
    ...(alike.some(other => other.tenantId !== tenantId) ? [shortId(tenantId)] : []),
    ...(alike.some(other => other.tenantId === tenantId) ? [l10n.t('app {0}', shortId(tenant.clientId))] : []),
    ...(isShown ? [l10n.t('current')] : []),
  ];
  return {
    kind: 'choice',
    label,
    description: words.join(', '),
    icon: isShown ? 'check' : 'cloud',
    value: isShown ? 'stay' : tenant,
  };
}

function rows({ readSettings, known, signIn }: SwitchTenantParts): readonly PickRow<Choice>[] {
  const { useSampleTenant } = readSettings();
  const current = useSampleTenant ? undefined : signIn.identity;
  const tenants = known();
  return [
    ...(tenants.length > 0 ? [{ kind: 'separator', label: l10n.t('tenants that you signed in to') } as const] : []),
    ...tenants.map(tenant => tenantRow(tenant, sameRegistration(tenant, current), tenants)),
    { kind: 'separator', label: l10n.t('more') },
    ...(current ? [{ kind: 'choice', label: l10n.t('Another Account in This Tenant…'), icon: 'account', value: 'account' } as const] : []),
    { kind: 'choice', label: l10n.t('Another Tenant or App Registration…'), icon: 'add', value: 'another' },
    useSampleTenant
      ? { kind: 'choice', label: l10n.t('Leave the Sample Tenant'), icon: 'beaker', value: 'leaveSample' }
      : { kind: 'choice', label: l10n.t('Sample Tenant'), icon: 'beaker', value: 'sample' },
  ];
}

async function open({ readSettings, updateSetting, signIn, askToSignIn }: SwitchTenantParts, tenant: Registration): Promise<void> {
  await saveRegistration({ readSettings, updateSetting }, tenant);
  if (readSettings().useSampleTenant) await updateSetting('useSampleTenant', undefined);
  await signIn.restore();
  if (!signIn.identity) await askToSignIn();
}

/**
 * Switch Tenant: to one that somebody signed in to before, with the account of then, or to another. Nothing is reloaded, and nothing that
 * belongs to one tenant is shown or written in the other.
 */
export const switchTenant = (parts: SwitchTenantParts) => async (): Promise<void> => {
  const words = { title: l10n.t('Switch Tenant'), placeholder: l10n.t('Choose the tenant to work in') };
  const answer = await parts.pickOne(rows(parts), words);
  if (answer?.kind !== 'picked') return;
  switch (answer.value) {
    case 'another':
      return parts.setUpSignIn();
    case 'account':
      return parts.signInAsAnother();
    case 'sample':
      return parts.useSampleTenant();
    case 'leaveSample':
      return parts.leaveSampleTenant();
    case 'stay':
      return undefined;
    default:
      return open(parts, answer.value);
  }
};
