import { window, workspace } from 'vscode';

/** Opens a new document that is not saved yet, and asks VS Code for the language. One that it does not know is plain text. */
export async function openDocument(language: string, content: string): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument({ language, content }), { preview: false });
}
