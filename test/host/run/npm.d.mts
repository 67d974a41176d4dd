/** Runs npm in a folder, quietly: its output is shown only where it fails. Answers its exit code. */
export function npm(cwd: string, args: readonly string[]): Promise<number>;
