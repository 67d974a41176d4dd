/** What is remembered of one tenant, cloud and account between sessions. Values are plain JSON; what is read is checked by its reader. */
export interface Memory {
  get(key: string): unknown;
  set(key: string, value: unknown): Promise<void>;
}
