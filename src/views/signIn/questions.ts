import type { RegistrationScript, ScriptKind } from '../../auth/registration/registrationScript.ts';
import type { Tier } from '../../intune/model/families.ts';
import type { Answer, Step } from './answer.ts';

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
