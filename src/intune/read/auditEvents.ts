import * as z from 'zod/mini';
import type { GraphClient, SendOptions } from '../../graph/client.ts';
import { type ScriptRef, scriptKey } from '../model/script.ts';

/** Who changed the assignments of a script, and when. */
export interface AuditedChange {
  /** The user principal name, or the name of an application. */
  readonly who: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The least permission: https://learn.microsoft.com/graph/api/intune-auditing-auditevent-list */
const scopes = ['DeviceManagementApps.Read.All'];

/** The clocks of this computer and of the service differ by less, in milliseconds. */
const skew = 5 * 60_000;

const text = z.optional(z.nullable(z.string()));
const auditEvent = z.looseObject({
  activityDateTime: z.string(),
  activityType: text,
  displayName: text,
  activityResult: text,
  actor: z.looseObject({ userPrincipalName: text, applicationDisplayName: text, servicePrincipalName: text }),
  resources: z.array(z.looseObject({ resourceId: text })),
});
type AuditEvent = z.infer<typeof auditEvent>;

/** What the service calls a change of assignments of a script is not documented; other changes of a script are none. */
const changesAssignments = ({ activityType, displayName, activityResult }: AuditEvent): boolean =>
  /assign/i.test(`${activityType} ${displayName}`) && !/fail/i.test(activityResult ?? '');

const whoOf = ({ actor }: AuditEvent): string | undefined =>
  actor.userPrincipalName || actor.applicationDisplayName || actor.servicePrincipalName || undefined;

const isAbout =
  ({ id }: Pick<ScriptRef, 'id'>) =>
  ({ resources }: AuditEvent): boolean =>
    resources.some(({ resourceId }) => resourceId?.toLowerCase() === id.toLowerCase());

function lastChange(events: readonly AuditEvent[], script: Pick<ScriptRef, 'id'>): AuditedChange | undefined {
  const changes = events.filter(changesAssignments).filter(isAbout(script));
  const dated = changes.flatMap(event => {
    const [who, at] = [whoOf(event), Date.parse(event.activityDateTime)];
    return who !== undefined && Number.isFinite(at) ? [{ who, at }] : [];
  });
  return dated.toSorted((a, b) => b.at - a.at)[0];
}

/**
 * Who changed the assignments of these scripts last, by script key, since a moment in milliseconds since the epoch. By one list request,
 * which only time is filtered by. Nothing where the permission lacks consent, the service refuses, or anything fails: it is only told,
 * the token is asked for without the user, and the request log has the reason.
 */
export async function readLastChanges(
  client: GraphClient,
  scripts: readonly Pick<ScriptRef, 'family' | 'id'>[],
  since: number,
  options: SendOptions = {},
): Promise<ReadonlyMap<string, AuditedChange>> {
  if (scripts.length === 0) return new Map();
  const from = new Date(since - skew).toISOString();
  const path = `/beta/deviceManagement/auditEvents?$filter=activityDateTime ge ${from}`;
  const items = await client.list({ path, scopes }, options).catch(() => []);
  const events = items.flatMap(item => auditEvent.safeParse(item).data ?? []);
  return new Map(
    scripts.flatMap(script => {
      const change = lastChange(events, script);
      return change ? [[scriptKey(script), change] as const] : [];
    }),
  );
}
