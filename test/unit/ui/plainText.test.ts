import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainText, visibleName, withoutIcons, withoutLinks } from '../../../src/ui/plainText.ts';

test('controls, bidi overrides and zero-width characters are taken out', () => {
  assert.equal(plainText('a\u202Egpj.exe\u202C'), 'agpj.exe');
  assert.equal(plainText('pay\u200Bload\uFEFF\u2060'), 'payload');
  assert.equal(plainText('\u2066x\u2069\u200E\u200F\u061C'), 'x');
  assert.equal(plainText('bell\u0007\u001B[31m'), 'bell[31m');
  assert.equal(plainText('tag\u{E0041}'), 'tag');
});

test('every break becomes one space', () => {
  assert.equal(plainText('a\r\nb\tc\u2028d\u0085e'), 'a b c d e');
});

test('lone surrogates are replaced', () => {
  assert.equal(plainText('a\uD800b'), 'a\uFFFDb');
});

test('text from right to left and shaped text stay', () => {
  const names = ['مجموعة المبيعات', 'קבוצה 1', 'می\u200Cخواهم', '👩\u200D💻 devs', '❤️\u200D🔥', 'क्\u200Dष', 'Ünïcødé 日本語'];
  for (const name of names) assert.equal(plainText(name), name);
});

test('joiners between Latin letters hide nothing any more', () => {
  assert.equal(plainText('Sa\u200Dles\u200C'), 'Sales');
});

test('spaces at the edges can be seen, empty names are none', () => {
  assert.equal(visibleName(' Sales  '), '␣Sales␣␣');
  assert.equal(visibleName('Sales Team'), 'Sales Team');
  for (const name of ['', '   ', '\u200B', '\u3164', '\n', undefined]) assert.equal(visibleName(name), undefined);
});

test('no icon and no link comes from a name', () => {
  assert.equal(withoutIcons('$(trash) $5 (x) \\$(a)'), '\\$(trash) $5 (x) \\$(a)');
  assert.equal(withoutLinks('[x](command:a) ok (b)'), '[x] (command:a) ok (b)');
});
