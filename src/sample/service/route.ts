import type { Behavior } from '../behavior.ts';
import type { FamilyName } from '../families.ts';
import type { Answer } from '../wire/answer.ts';
import type { Call, GraphVersion } from '../wire/call.ts';
import type { TenantService } from './tenantService.ts';

/** What stood in the place of the variable parts of a path. */
interface Parameters {
  readonly family: FamilyName;
  readonly id: string;
}

/** One kind of request that the tenant serves. */
export interface Route {
  readonly method: string;
  /** Segments; `{family}` and `{id}` are variable. */
  readonly pattern: string;
  readonly versions: readonly GraphVersion[];
  /** Whether the service has this route at all; it has if not given. */
  readonly exists?: (behavior: Behavior) => boolean;
  /** Scopes of which one is enough. */
  scopes(parameters: Parameters): readonly string[];
  serve(service: TenantService, call: Call, parameters: Parameters): Answer;
}

/** A route with what its request says. */
export interface MatchedRoute {
  readonly route: Route;
  readonly parameters: Parameters;
}
