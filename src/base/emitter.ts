/** What is ended by its owner, as in VS Code. */
export interface Disposable {
  dispose(): void;
}

/** An event, as in VS Code but without it. */
export interface Emitter<Value> {
  readonly event: (listener: (value: Value) => void) => Disposable;
  fire(value: Value): void;
}

export const createEmitter = <Value>(): Emitter<Value> => {
  const listeners = new Set<{ readonly call: (value: Value) => void }>();
  return {
    event: call => {
      const entry = { call };
      listeners.add(entry);
      return { dispose: () => void listeners.delete(entry) };
    },
    fire: value => {
      for (const { call } of [...listeners]) call(value);
    },
  };
};
