import { type Registration, type RegistrationSettings, saveRegistration } from '../../auth/account.ts';
import { type RegistrationScript, registrationScript, type ScriptKind } from '../../auth/registration/registrationScript.ts';
import { parseGuid } from '../../base/guid.ts';
import type { CloudId } from '../../graph/clouds.ts';
import type { Tier } from '../../intune/model/families.ts';

/** What Set Up Sign-In is made of. */
export interface SetUpSignInParts extends RegistrationSettings {
  readonly questions: SetUpQuestions;
  readonly readSettings: () => ReturnType<RegistrationSettings['readSettings']> & { readonly cloud: CloudId };
  /** The id of the tenant that a domain belongs to; undefined where there is none. */
  readonly resolveTenant: (domain: string) => Promise<string | undefined>;
  /** The commands that may follow. */
  readonly signIn: () => Promise<void>;
  /** Tests tokens and reads of these tiers without asking anybody. */
  readonly testSignIn: (tiers: readonly Tier[]) => Promise<void>;
  /** Opens the page on which exactly these tiers are consented to, or copies its link. */
  readonly openConsentPage: (tiers: readonly Tier[]) => Promise<void>;
}

type Parts = SetUpSignInParts;

/** What Set Up Sign-In ends with. */
interface SetUp extends Omit<Registration, 'cloud'> {
  readonly tiers: readonly Tier[];
}

const step = (number: number): Step => ({ step: number, totalSteps: 4 });

/** The tenant id: as it was entered, or that of the domain that was. A name that leads nowhere is asked again. */
const askTenant = async (
  { questions, resolveTenant }: Parts,
  place: Step,
  initial: string,
  clientId: string,
): Promise<string | 'back' | undefined> => {
  let entered = initial;
  for (;;) {
    const tenant = await questions.tenantId(place, entered, clientId);
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

/** Client id, tenant id, and what `after` asks; Back returns to the step before. Undefined when it was cancelled. */
const askIds = async (
  parts: Parts,
  first: number,
  after: () => Promise<readonly Tier[] | 'back' | undefined>,
): Promise<SetUp | 'back' | undefined> => {
  const { clientId: initialClient = '', tenantId: initialTenant = '' } = parts.readSettings();
  let [client, tenant] = [initialClient, initialTenant];
  for (;;) {
    const answer = await parts.questions.clientId(step(first), client);
    if (answer.kind !== 'value') return answer.kind === 'back' ? 'back' : undefined;
    client = answer.value;
    for (;;) {
      const tenantId = await askTenant(parts, step(first + 1), tenant, client);
      if (tenantId === undefined) return undefined;
      if (tenantId === 'back') break;
      tenant = tenantId;
      const tiers = await after();
      if (tiers !== 'back') return tiers && { clientId: client, tenantId, tiers };
    }
  }
};

/** The ids of a registration that exists, then what is wanted of it. */
const enterRegistration = (parts: Parts): Promise<SetUp | 'back' | undefined> =>
  askIds(parts, 2, async () => {
    const tiers = await parts.questions.tiers(step(4), 'existing');
    return tiers.kind === 'value' ? tiers.value : tiers.kind === 'back' ? 'back' : undefined;
  });

/** Tiers, the script, then the ids that it prints. Undefined when the user does not go on to enter them now. */
const createRegistration = async (parts: Parts, kind: ScriptKind): Promise<SetUp | 'back' | undefined> => {
  const { questions, readSettings } = parts;
  const tiers = await questions.tiers(step(2), kind);
  if (tiers.kind !== 'value') return tiers.kind === 'back' ? 'back' : undefined;
  if (!(await questions.script(registrationScript(kind, readSettings().cloud, tiers.value)))) return undefined;
  return askIds(parts, 3, async () => tiers.value);
};

const collect = async (parts: Parts): Promise<SetUp | undefined> => {
  for (;;) {
    const way = await parts.questions.way(step(1));
    if (way.kind !== 'value') return undefined;
    const setUp = await (way.value === 'existing' ? enterRegistration(parts) : createRegistration(parts, way.value));
    if (setUp !== 'back') return setUp;
  }
};

/** Consent, as often as it is wanted, and then the account with a test of all that was chosen: nobody finds out at the first change. */
const goOn = async ({ questions, openConsentPage, signIn, testSignIn }: Parts, tiers: readonly Tier[]): Promise<void> => {
  for (let next = await questions.done(); next !== undefined; next = await questions.done()) {
    if (next === 'consent') {
      await openConsentPage(tiers);
      continue;
    }
    await signIn();
    return testSignIn(tiers);
  }
};

/**
 * Set Up Sign-In: the ids of an app registration that exists, or a script that creates one, and the permissions that are wanted of it.
 * Nothing is saved before the last answer, and both ids or none.
 */
export const setUpSignIn = (parts: SetUpSignInParts) => async (): Promise<void> => {
  const setUp = await collect(parts);
  if (!setUp) return;
  try {
    await saveRegistration(parts, { cloud: parts.readSettings().cloud, clientId: setUp.clientId, tenantId: setUp.tenantId });
  } catch (error) {
    return parts.questions.notSaved(error);
  }
  return goOn(parts, setUp.tiers);
};

/** How the app registration comes about. */
export type Way = 'existing' | ScriptKind;

/** What Set Up Sign-In asks and says. The flow knows nothing else of the screen. */
export interface SetUpQuestions {
  way(step: Step): Promise<Answer<Way>>;
  tiers(step: Step, way: Way): Promise<Answer<readonly Tier[]>>;
  /** GUID in lower case. `initial` is what was entered before. */
  clientId(step: Step, initial: string): Promise<Answer<string>>;
  /** GUID, or the name of a domain, in lower case. `clientId` is refused: it is what people paste by mistake. */
  tenantId(step: Step, initial: string, clientId: string): Promise<Answer<string>>;
  /** Opens a script, says what to do with it, and tells whether the user goes on to enter the ids now. */
  script(script: RegistrationScript): Promise<boolean>;
  /** Says that sign-in is set up, and asks what is next. */
  done(): Promise<'signIn' | 'consent' | undefined>;
  /** Says that a domain belongs to no tenant of the cloud, or why that could not be found out. */
  noTenant(domain: string, error?: unknown): Promise<void>;
  /** Says that the settings could not be written. */
  notSaved(error: unknown): Promise<void>;
}

/** What a step of a dialog ends with: a value, the Back button, or nothing because it was closed. */
export type Answer<Value> = { readonly kind: 'value'; readonly value: Value } | { readonly kind: 'back' } | { readonly kind: 'cancelled' };

/** Where a step stands, as VS Code shows it: "(2/3)". */
export interface Step {
  readonly step: number;
  readonly totalSteps: number;
}

export const answered = <Value>(value: Value): Answer<Value> => ({ kind: 'value', value });
export const back: Answer<never> = { kind: 'back' };
export const closed: Answer<never> = { kind: 'cancelled' };
