/** How one check of sign-in ended. */
export type CheckResult = 'works' | 'attention' | 'fails' | 'notTested';

/** One check of sign-in. All texts are plain. */
export interface Check {
  readonly title: string;
  readonly result: CheckResult;
  /** What was found. */
  readonly found: readonly string[];
  /** What to do about it. */
  readonly remedy?: string | undefined;
}

export const check = (title: string, result: CheckResult, found: readonly string[], remedy?: string): Check => ({
  title,
  result,
  found,
  remedy,
});
