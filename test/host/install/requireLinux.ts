/** Ends the process with words where the VS Code server of npm does not run. */
export function requireLinux(task: string, instead: string): void {
  if (process.platform === 'linux' && process.arch === 'x64') return;
  console.error(`${task} needs Linux on x64. Here, run ${instead}.`);
  process.exit(1);
}
