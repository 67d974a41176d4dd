// A reporter for Node's test runner that writes only the counts of the whole run, as JSON.

/**
 * @param {AsyncIterable<{ type: string, data: { file?: string, counts: { passed: number, failed: number, skipped: number } } }>} events
 */
export default async function* countReporter(events) {
  for await (const { type, data } of events) {
    // A summary without a file is the one of the whole run.
    if (type !== 'test:summary' || data.file !== undefined) continue;
    // With isolated files Node counts a file that did not load as one failed test.
    const { passed, failed, skipped, cancelled = 0 } = data.counts;
    yield JSON.stringify({ passed, failed: failed + cancelled, skipped });
  }
}
