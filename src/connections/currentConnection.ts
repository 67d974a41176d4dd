import { connectionKey, type Identity, registrationKey } from '../auth/account.ts';
import type { Connection } from '../intune/read/connection.ts';

export interface CurrentConnectionParts {
  readonly useSample: () => boolean;
  readonly identity: () => Identity | undefined;
  /** Opens a sample tenant that begins anew. What belongs to one before it, such as a plan, is not for this one, hence the `key`. */
  readonly openSample: (key: string) => Promise<Connection>;
  readonly openAccount: (identity: Identity) => Connection;
  /** Gets the connection of now, after each change. */
  readonly changed: (connection: Connection | undefined) => void;
}

const sample = 'sample';

/** Which tenant is worked on: the sample tenant if the user wants it, else the one that is signed in to. */
export interface CurrentConnection {
  readonly connection: Connection | undefined;
  /** Looks at the settings and the sign-in again. A connection that stays the same is kept, with all that it has read. */
  update(): Promise<void>;
}

export function createCurrentConnection(parts: CurrentConnectionParts): CurrentConnection {
  let current: Connection | undefined;
  let version = 0;
  let samples = 0;

  const openSample = (): Promise<Connection> => {
    samples += 1;
    return parts.openSample(`${sample}/${samples}`);
  };

  const wantedKey = (identity: Identity | undefined): string | undefined =>
    parts.useSample() ? sample : identity && `${connectionKey(identity)}#${registrationKey(identity)}`;
  let currentKey: string | undefined;

  return {
    get connection() {
      return current;
    },
    async update() {
      const identity = parts.identity();
      const key = wantedKey(identity);
      version += 1;
      const mine = version;
      if (key === currentKey && (key === undefined || current)) return parts.changed(current);
      currentKey = key;
      current = undefined;
      parts.changed(undefined);
      if (key === undefined) return;
      const opened = key === sample ? await openSample() : identity && parts.openAccount(identity);
      if (mine !== version) return;
      current = opened;
      parts.changed(current);
    },
  };
}
