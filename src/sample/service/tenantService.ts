import type { Clock } from '../../graph/clock.ts';
import type { Behavior } from '../behavior.ts';
import type { TenantState } from '../state/state.ts';

/** What the handlers of requests work with. */
export interface TenantService {
  readonly state: TenantState;
  readonly behavior: Behavior;
  readonly clock: Clock;
  /** A new id, always the same row of ids for the same seed. */
  newId(): string;
}
