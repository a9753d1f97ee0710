const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A value within HTML, in its text or in a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => HTML[character] ?? character);

const SLACK: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A value within Slack's markup: it can be neither a link nor a mention. */
export const escapeSlack = (text: string): string =>
  text.replace(/[&<>]/g, (character) => SLACK[character] ?? character);
