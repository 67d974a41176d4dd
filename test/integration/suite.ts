// The entry of the suite inside the extension host.
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format } from 'node:util';

/** Called by VS Code. Rejects where a test failed, which makes VS Code end with an exit code. */
export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  // The workbench mixes what is printed here with its own log: whoever started this reads the report from a file.
  const report: string[] = [];
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => {
    report.push(format(...args));
    console.log(...args);
  };
  const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, color: false, reporter: 'spec' });
  const names = (await readdir(__dirname, { recursive: true })).filter(name => name.endsWith('.test.cjs'));
  for (const name of names.sort()) mocha.addFile(path.join(__dirname, name));
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failed = await new Promise<number>(resolve => {
    mocha
      .run(resolve)
      .on('pass', () => counts.passed++)
      .on('fail', () => counts.failed++)
      .on('pending', () => counts.skipped++);
  });
  await writeFile(path.join(__dirname, 'report.txt'), report.join('\n'));
  await writeFile(path.join(__dirname, 'counts.json'), JSON.stringify(counts));
  if (failed > 0) throw new Error(`${failed} of the tests in the extension host failed.`);
}
