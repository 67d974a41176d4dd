import { parseGuid } from '../auth/guid.ts';
import { registrationScript, type ScriptKind } from '../auth/registrationScript.ts';
import { type Ids, saveIds } from '../auth/saveIds.ts';
import type { CloudId } from '../graph/clouds.ts';
import type { Step } from '../views/signIn/answer.ts';
import type { SetUpQuestions } from '../views/signIn/questions.ts';

/** What Set Up Sign-In is made of. */
export interface SetUpSignInParts {
  readonly questions: SetUpQuestions;
  readonly readSettings: () => Partial<Ids> & { readonly cloud: CloudId };
  readonly updateSetting: (key: 'clientId' | 'tenantId', value: string | undefined) => Promise<void>;
  /** The id of the tenant that a domain belongs to; undefined where there is none. */
  readonly resolveTenant: (domain: string) => Promise<string | undefined>;
  /** The commands that may follow. */
  readonly signIn: () => Promise<void>;
  readonly testSignIn: () => Promise<void>;
  readonly openConsentPage: () => Promise<void>;
}

type Parts = SetUpSignInParts;

const step = (number: number): Step => ({ step: number, totalSteps: 3 });

/** The tenant id: as it was entered, or that of the domain that was. A name that leads nowhere is asked again. */
const askTenant = async ({ questions, resolveTenant }: Parts, initial: string, clientId: string): Promise<string | 'back' | undefined> => {
  let entered = initial;
  for (;;) {
    const tenant = await questions.tenantId(step(3), entered, clientId);
    if (tenant.kind !== 'value') return tenant.kind === 'back' ? 'back' : undefined;
    const id = parseGuid(tenant.value);
    if (id !== undefined) return id;
    entered = tenant.value;
    try {
      const found = await resolveTenant(entered);
      if (found !== undefined) return found;
      void questions.noTenant(entered);
    } catch (error) {
      void questions.noTenant(entered, error);
    }
  }
};

/** Client id, then tenant id; Back in the second returns to the first. Undefined when it was cancelled. */
const askIds = async (parts: Parts): Promise<Ids | 'back' | undefined> => {
  const { clientId: initialClient = '', tenantId: initialTenant = '' } = parts.readSettings();
  let entered = initialClient;
  for (;;) {
    const client = await parts.questions.clientId(step(2), entered);
    if (client.kind !== 'value') return client.kind === 'back' ? 'back' : undefined;
    entered = client.value;
    const tenantId = await askTenant(parts, initialTenant, client.value);
    if (tenantId !== 'back') return tenantId === undefined ? undefined : { clientId: client.value, tenantId };
  }
};

/** Tiers, then the script. Undefined when the user does not go on to enter the ids now. */
const createRegistration = async ({ questions, readSettings }: Parts, kind: ScriptKind): Promise<'enterIds' | 'back' | undefined> => {
  const tiers = await questions.tiers(step(2));
  if (tiers.kind !== 'value') return tiers.kind === 'back' ? 'back' : undefined;
  return (await questions.script(registrationScript(kind, readSettings().cloud, tiers.value))) ? 'enterIds' : undefined;
};

const collectIds = async (parts: Parts): Promise<Ids | undefined> => {
  for (;;) {
    const way = await parts.questions.way(step(1));
    if (way.kind !== 'value') return undefined;
    const next = way.value === 'existing' ? 'enterIds' : await createRegistration(parts, way.value);
    if (next === undefined) return undefined;
    const ids = next === 'enterIds' ? await askIds(parts) : 'back';
    if (ids !== 'back') return ids;
  }
};

/**
 * Set Up Sign-In: the ids of an app registration that exists, or a script that creates one.
 * Nothing is saved before the last answer, and both ids or none.
 */
export const setUpSignIn = (parts: SetUpSignInParts) => async (): Promise<void> => {
  const ids = await collectIds(parts);
  if (!ids) return;
  try {
    await saveIds(parts, ids);
  } catch (error) {
    return parts.questions.notSaved(error);
  }
  const next = await parts.questions.done();
  if (next === 'signIn') {
    await parts.signIn();
    return parts.testSignIn();
  }
  if (next === 'consent') return parts.openConsentPage();
};
