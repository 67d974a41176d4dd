/** What is known of a group that a script targets. */
export interface KnownGroup {
  readonly id: string;
  /** `deleted` only when the service said so of this very group; a name that may not be read is `unreadable`. */
  readonly status: 'named' | 'deleted' | 'unreadable';
  readonly name?: string;
}

/** A group as the picker shows it. */
export interface Group {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly membership: 'assigned' | 'dynamic' | 'dynamicPaused';
  /** `distribution`: a mail list without security, which Intune cannot target. */
  readonly type: 'security' | 'microsoft365' | 'distribution';
  readonly synced: boolean;
}

export const groupFields =
  'id,displayName,description,groupTypes,securityEnabled,mailEnabled,membershipRuleProcessingState,onPremisesSyncEnabled';

/** A group of an answer; undefined for what is none or has no name. */
export function groupFromWire(wire: unknown): Group | undefined {
  if (typeof wire !== 'object' || wire === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(wire));
  const id = fields.get('id');
  const name = fields.get('displayName');
  if (typeof id !== 'string' || typeof name !== 'string') return undefined;
  const types = fields.get('groupTypes');
  const has = (type: string): boolean => Array.isArray(types) && types.includes(type);
  const description = fields.get('description');
  const paused = fields.get('membershipRuleProcessingState') === 'Paused';
  const microsoft365 = has('Unified');
  return {
    id: id.toLowerCase(),
    name,
    ...(typeof description === 'string' && description !== '' && { description }),
    membership: has('DynamicMembership') ? (paused ? 'dynamicPaused' : 'dynamic') : 'assigned',
    type: microsoft365 ? 'microsoft365' : fields.get('securityEnabled') === false ? 'distribution' : 'security',
    synced: fields.get('onPremisesSyncEnabled') === true,
  };
}
