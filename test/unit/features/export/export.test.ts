import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Chosen, collect, type ExportData } from '../../../../src/features/export/exportData.ts';
import { csv, csvText, exportDocument, jsonText, markdownDocument } from '../../../../src/features/export/exportText.ts';
import { GraphError } from '../../../../src/graph/errors.ts';
import { markdownText } from '../../../../src/ui/plainText.ts';
import {
  allDevices,
  assigned,
  cloud,
  deleted,
  exclude,
  failed,
  groupId,
  include,
  inventoryOf,
  loaded,
  loading,
  named,
  now,
  once,
  script,
  unreadable,
} from '../../ui/sampleInventory.ts';

const nasty = '=HYPERLINK("https://evil.example")|`x`\n日本語, "quoted"';
const filterId = 'aaaaaaaa-0000-0000-0000-000000000000';
const collection = {
  target: { '@odata.type': '#microsoft.graph.configurationManagerCollectionAssignmentTarget', collectionId: 'SMS00001' },
};
const forbidden = new GraphError({
  kind: 'forbidden',
  message: 'no',
  request: { method: 'GET', path: '/' },
  status: 403,
  requiredScopes: ['DeviceManagementConfiguration.Read.All'],
});

const cleanup = script(
  'deviceHealthScripts',
  'r1',
  nasty,
  assigned(include(1, { id: filterId, mode: 'include' }), { ...once('2026-12-31'), runRemediationScript: true }),
  assigned(exclude(2)),
  assigned(include(3), { runRemediationScript: false }),
  assigned(allDevices),
  { ...assigned(include(4)), direct: false },
);
const managed = script('deviceManagementScripts', 's2', 'On a collection', {
  ...assigned(include(1)),
  target: { kind: 'collection', collectionId: 'SMS00001' },
  wire: collection,
});
const inventory = inventoryOf(
  {
    deviceManagementScripts: loaded(script('deviceManagementScripts', 's1', 'Nobody'), managed),
    deviceHealthScripts: loaded(cleanup),
    configurationPolicies: failed(forbidden, [script('configurationPolicies', 'l1', 'Read an hour ago')]),
    deviceComplianceScripts: loaded(script('deviceComplianceScripts', 'c1', 'Firewall')),
  },
  [named(1, '@Sales, "East"'), deleted(2), unreadable(3)],
);

const exported = (chosen: Chosen = 'all', from = inventory): ExportData => ({
  ...collect(from, chosen),
  connection: { tenantId: 'tenant-id', tenantName: '+Contoso', account: 'ada@contoso.test', cloud, sample: false },
  readAt: new Date(now).toISOString(),
  filterNames: new Map([[filterId, 'Corporate | Windows']]),
});

/** A reader of RFC 4180 of its own. */
function parse(text: string): readonly (readonly string[])[] {
  assert.ok(text.endsWith('\r\n'));
  const lines: string[][] = [[]];
  for (const [, quotedCell, plainCell = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    lines.at(-1)?.push(quotedCell?.replaceAll('""', '"') ?? plainCell);
    if (end === '\r\n') lines.push([]);
  }
  return lines.slice(0, -1);
}

describe('CSV', () => {
  const [header = [], ...lines] = parse(csvText(exported(), now));
  const cell = (line: readonly string[] | undefined, title: string): string | undefined => line?.[header.indexOf(title)];
  const about = (scriptId: string) => lines.filter(line => cell(line, 'Script ID') === scriptId);

  test('has as many cells in every line', () => {
    assert.ok(lines.every(line => line.length === header.length));
    assert.ok(lines.every(line => cell(line, 'Tenant') === "'+Contoso" && cell(line, 'Read at') === '2026-06-01T12:00:00.000Z'));
  });

  test('says what each assignment is', () => {
    const [filtered, excluded, other, all, foreign] = about('r1');
    assert.deepEqual(filtered?.slice(0, -2), [
      'Remediations',
      `'${nasty.replace('\n', ' ')}`,
      'r1',
      'Included group',
      `'@Sales, "East"`,
      groupId(1),
      'Corporate | Windows',
      'include',
      filterId,
      'Once on 2026-12-31 at 23:59 UTC',
      'direct',
      '',
    ]);
    assert.deepEqual([cell(excluded, 'Target'), cell(excluded, 'Group'), cell(excluded, 'Note')], ['Excluded group', '', 'Deleted group']);
    assert.equal(cell(excluded, 'Schedule'), '', 'an exclusion runs nothing');
    assert.equal(cell(other, 'Note'), 'Name of the group not readable');
    assert.equal(cell(all, 'Target'), 'All devices');
    assert.deepEqual([cell(foreign, 'Source'), cell(foreign, 'Note')], ['policy set', 'Name of the group not read']);
    assert.deepEqual(
      [cell(about('s2')[0], 'Target'), cell(about('s2')[0], 'Group or collection ID')],
      ['Configuration Manager collection', 'SMS00001'],
    );
  });

  test('has scripts without assignments, with an empty target', () => {
    assert.deepEqual(
      about('s1').map(line => [cell(line, 'Script'), cell(line, 'Target'), cell(line, 'Note')]),
      [['Nobody', '', '']],
    );
    assert.equal(cell(about('c1')[0], 'Note'), 'Assigned through compliance policies');
  });

  test('names what could not be read, and shows nothing of an earlier reading of it', () => {
    assert.equal(
      cell(lines[0], 'Note'),
      'Bash scripts (Linux) could not be read and are missing: needs consent to DeviceManagementConfiguration.Read.All.',
    );
    assert.deepEqual(about('l1'), []);
  });

  test('has no character that is not seen', () => {
    const data = exported(
      'all',
      inventoryOf({ deviceShellScripts: loaded(script('deviceShellScripts', 'x', 'a\u202Eb\u0000\u200B\u001B[1m')) }),
    );
    for (const text of [csvText(data, now), markdownDocument(data, now)]) assert.match(text, /ab\\?\[1m/);
    assert.match(jsonText(data), /"a\\u202eb\\u0000\\u200b\\u001b\[1m"/);
    assert.deepEqual(JSON.parse(jsonText(data)), JSON.parse(JSON.stringify(exportDocument(data))));
  });

  test('makes no formula of any cell', () => {
    for (const start of ['=', '+', '-', '@', '\t=', '\u200B=', '\r\n-', '＝', '"=', " '+"]) assert.match(csv([[`${start}1`]]), /^"?'/);
    for (const cell of ['a;=1', 'a; =1', 'a;"=1"', ';;+1', 'a\t;@b']) assert.match(csv([[cell]]), /^"[^=+@]*;'[ "]*[=+@]/);
    assert.equal(csv([['a', 'b"c', 'd,e', 'f\ng', '1-2', 'h;i']]), 'a,"b""c","d,e",f g,1-2,"h;i"\r\n');
  });
});

describe('Markdown', () => {
  const text = markdownDocument(exported(), now);

  test('is a table in which every line has as many cells, whatever the names are', () => {
    const table = text.split('\n').filter(line => line.startsWith('|'));
    const cells = table.map(line => line.replaceAll(/\\./g, '').split('|').length);
    assert.equal(new Set(cells).size, 1);
    assert.equal(table.length, 2 + 1 + 5 + 2 + 1);
  });

  test('says who read it where and when, and what is missing', () => {
    assert.match(
      text,
      /^# Assignments in \+Contoso\n\n4 scripts: all that the role of this account shows\.\nRead at 2026-06-01T12:00:00\.000Z by ada\\@contoso\.test in the tenant tenant-id\./,
    );
    assert.match(text, /> \*\*Bash scripts \(Linux\) could not be read and are missing/);
  });

  test('makes neither links nor markup of names', () => {
    assert.equal(markdownText('[a](command:x) <b> *c* `d`\n# e'), '\\[a\\](command:x) \\<b\\> \\*c\\* \\`d\\` \\# e');
    assert.equal(markdownText('https://a.example www.b.example c@d.example'), 'https\\://a.example www\\.b.example c\\@d.example');
  });
});

describe('JSON', () => {
  test('has raw ids and names, and says what is not known', () => {
    const document = exportDocument(exported());
    assert.deepEqual(JSON.parse(jsonText(exported())), JSON.parse(JSON.stringify(document)));
    assert.deepEqual(document.tenant, { id: 'tenant-id', name: '+Contoso', cloud: 'global', sample: false });
    assert.deepEqual(
      document.notRead.map(({ family }) => family),
      ['configurationPolicies'],
    );
    const remediation = document.scripts.find(({ id }) => id === 'r1');
    assert.equal(remediation?.name, nasty);
    const [first, second] = remediation?.assignments ?? [];
    assert.deepEqual(first, {
      target: 'group',
      group: { id: groupId(1), name: '@Sales, "East"', status: 'named' },
      collectionId: null,
      filter: { id: filterId, mode: 'include', name: 'Corporate | Windows' },
      schedule: { kind: 'once', date: '2026-12-31', time: '23:59:00', utc: true },
      source: 'direct',
      asRead: cleanup.assignments[0]?.wire,
    });
    assert.equal(second?.group?.status, 'deleted');
    assert.equal(document.scripts.find(({ id }) => id === 'c1')?.assignedBy, 'compliancePolicies');
  });
});

describe('a selection', () => {
  test('has its scripts and whole families, and misses only what was chosen', () => {
    const data = exported({ families: new Set(['deviceComplianceScripts']), scripts: [managed] });
    assert.deepEqual(
      data.scripts.map(({ id }) => id),
      ['s2', 'c1'],
    );
    assert.deepEqual(data.notRead, []);
    assert.match(markdownDocument(data, now), /2 scripts: a selection\./);
  });

  test('says which scripts are gone', () => {
    const gone = script('deviceHealthScripts', 'r9', 'Deleted meanwhile');
    const data = exported({ families: new Set(), scripts: [gone] });
    assert.deepEqual(data.gone, [gone]);
    assert.match(csvText(data, now), /Deleted meanwhile,r9,.*Not found any more/);
  });

  test('of a family whose reading was ended says so', () => {
    const data = exported({ families: new Set(['deviceShellScripts']), scripts: [] }, inventoryOf({ deviceShellScripts: loading([]) }));
    assert.match(csvText(data, now), /Shell scripts \(macOS\) could not be read and are missing: reading was ended\./);
  });
});
