import { HtmlRenderer, Parser } from 'commonmark';

const parser = new Parser();
const renderer = new HtmlRenderer();

/** Markdown as HTML: CommonMark without extensions; HTML inside stays. Ends with a line break unless it is empty. */
export const markdownToHtml = (markdown: string): string => renderer.render(parser.parse(markdown));
