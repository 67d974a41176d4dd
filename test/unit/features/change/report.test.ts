import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeReport, reportText } from '../../../../src/features/change/report.ts';
import { GraphError } from '../../../../src/graph/errors.ts';
import type { PastChange } from '../../../../src/intune/history/pastChange.ts';
import { targetKey } from '../../../../src/intune/model/assignment.ts';
import { assigned, groupId, include, named, now } from '../../ui/sampleInventory.ts';
import { pastChange, pastWrite } from '../../ui/samplePast.ts';

const script = (id: string, name: string) => ({ family: 'deviceManagementScripts', id, name }) as const;
const groups = new Map([[groupId(2), named(2, 'HR')]]);
const forbidden = new GraphError({
  kind: 'forbidden',
  status: 403,
  message: 'No.',
  request: { method: 'POST', path: '' },
  intuneRole: true,
});
const textOf = (change: PastChange, ...others: readonly PastChange[]): string =>
  reportText(changeReport(change, { tenantName: 'Contoso', groups, changes: [change, ...others] })).replace(/ · \w+day.*/, ' · WHEN');

test('a report counts first, and tells each script, what needs somebody before the rest', () => {
  const change = pastChange({
    writes: [
      pastWrite({ before: [assigned(include(2))], after: [assigned(include(2)), assigned(include(1))] }),
      pastWrite({ script: script('b', 'Beta *1*'), outcome: 'failed', error: forbidden }),
      pastWrite({ script: script('c', 'Gamma'), outcome: 'notStarted' }),
      pastWrite({ script: script('d', 'Delta'), outcome: 'unsettled' }),
    ],
    asWanted: [script('e', 'Epsilon')],
    unreadable: [{ script: script('f', 'Zeta'), error: forbidden }],
  });
  assert.deepEqual(textOf(change).split('\n'), [
    '# Assign to Sales',
    '',
    'Contoso · ada\\@contoso.example · WHEN',
    '',
    '- Failed: 1 script',
    '- Not known: 1 script',
    '- Not sent: 2 scripts',
    '- Changed: 1 script',
    '- Not changed: 1 script',
    '',
    '## Failed (1)',
    '',
    '- **Beta \\*1\\*** (Platform script): to add Sales · Your account has no Intune role that allows this. Ask an Intune administrator for a role that covers device configurations. Microsoft Graph says: No.',
    '  - Before: not assigned',
    '  - Wanted: Sales',
    '',
    '## Not known (1)',
    '',
    '- **Delta** (Platform script): to add Sales',
    '  - Before: not assigned',
    '  - Wanted: Sales',
    '',
    '## Not sent (2)',
    '',
    '- **Gamma** (Platform script): to add Sales',
    '- **Zeta** (Platform script): Your account has no Intune role that allows this. Ask an Intune administrator for a role that covers device configurations. Microsoft Graph says: No.',
    '',
    '## Changed (1)',
    '',
    '- **Alpha** (Platform script): added Sales',
    '  - Before: HR',
    '  - After: HR; Sales',
    '',
    '## Not changed (1)',
    '',
    '- **Epsilon** (Platform script)',
    '',
  ]);
});

test('a report of a change that was resumed, and of its rest, names the other', () => {
  const first = pastChange({
    id: 'first',
    at: new Date(now - 60_000).toISOString(),
    writes: [pastWrite({ outcome: 'notStarted', resumed: true })],
  });
  const rest = pastChange({ id: 'rest', resumes: 'first' });
  assert.match(textOf(first, rest), /\n\nResumed: .*2026.*\.\n\n- Not sent: 1 script/);
  assert.match(textOf(first, rest), /Sales · resumed later\n/);
  assert.match(textOf(rest, first), /\n\nThe rest of “Assign to Sales” of .*2026.*\.\n/);
});

test('a report tells what was not done of the wish, and what became of a request for approval', () => {
  const change = pastChange({
    writes: [
      pastWrite(),
      pastWrite({ script: script('b', 'Beta'), outcome: 'failed', refused: 'rejected' }),
      pastWrite({ script: script('c', 'Gamma'), outcome: 'failed', refused: 'expired' }),
    ],
    asWanted: [script('d', 'Delta')],
    shortfalls: new Map([
      ['deviceManagementScripts/a', ['1 assignment left out: from a policy set.']],
      ['deviceManagementScripts/d', ['HR is there already and only detects. It stays so.']],
    ]),
  });
  const text = textOf(change);
  assert.match(text, /\n- Not approved: 2 scripts\n- Changed: 1 script\n- Not changed: 1 script\n/);
  assert.match(text, /\*\*Alpha\*\* .*added Sales · 1 assignment left out: from a policy set\./);
  assert.match(text, /## Not approved \(2\)\n\n- \*\*Beta\*\* .* · rejected\n[\s\S]*- \*\*Gamma\*\* .* · request expired\n/);
  assert.match(text, /\*\*Delta\*\* .*: HR is there already and only detects\. It stays so\./);
});

test('a removal that never started is told by whom it was about', () => {
  const wanted = [include(2, { id: groupId(9), mode: 'exclude' })].map(
    target => ({ kind: 'remove', targetKey: targetKey(target) }) as const,
  );
  const text = textOf(pastChange({ writes: [pastWrite({ outcome: 'notStarted', wanted })] }));
  assert.match(text, /^# Remove HR$/m);
  assert.match(text, /to remove HR$/m);
});

test('an edit that never started is told as an edit', () => {
  const wanted = [{ kind: 'set', assignment: assigned(include(2)), replaces: targetKey(include(2)) } as const];
  const text = textOf(pastChange({ writes: [pastWrite({ outcome: 'notStarted', wanted })] }));
  assert.match(text, /^# Edit assignment to HR$/m);
  assert.match(text, /to change HR$/m);
});
