import type { Json } from './json.ts';

/** What the tenant answers, before it becomes a Response or a part of a batch. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: Content;
  /** Not of Microsoft Graph, so without its ids. */
  readonly foreign?: true;
}

type Content =
  | { readonly kind: 'json'; readonly value: Json }
  | { readonly kind: 'text'; readonly type: string; readonly value: string }
  | { readonly kind: 'none' };

const jsonType = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

/** An answer with JSON. */
export const json = (status: number, value: Json, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers,
  content: { kind: 'json', value },
});

/** An answer with text of another type. */
export const text = (status: number, type: string, value: string): Answer => ({
  status,
  headers: {},
  content: { kind: 'text', type, value },
});

/** An answer without a body. */
export const nothing = (status: number): Answer => ({ status, headers: {}, content: { kind: 'none' } });

/** The content type of an answer, undefined without a body. */
export function contentType(answer: Answer): string | undefined {
  if (answer.content.kind === 'json') return jsonType;
  return answer.content.kind === 'text' ? answer.content.type : undefined;
}

/** The bytes of an answer's body, as text. */
export function contentText(answer: Answer): string | null {
  if (answer.content.kind === 'json') return JSON.stringify(answer.content.value);
  return answer.content.kind === 'text' ? answer.content.value : null;
}
