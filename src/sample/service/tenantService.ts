import type { Clock } from '../../base/clock.ts';
import type { Behavior } from '../behavior.ts';
import type { TenantState } from '../state/state.ts';

/** What the handlers of requests work with. */
export interface TenantService {
  readonly state: TenantState;
  readonly behavior: Behavior;
  readonly clock: Clock;
  /** The moment whose assignments the copy shows that answers next: milliseconds since the epoch. */
  shownMoment(): number;
  /** A new id, always the same row of ids for the same seed. */
  newId(): string;
}
