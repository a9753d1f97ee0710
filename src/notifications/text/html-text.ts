import { Parser } from 'htmlparser2';

const BREAK_BEFORE = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'tr']);
const BREAK_AFTER = new Set(['br', 'dd', 'dt', 'p', 'h1', 'h2', 'h3', 'h4', 'h5']);
const SILENT = new Set(['script', 'style']);

const isAbsolute = (href: string): boolean => /^[a-z][a-z\d+.-]*:/i.test(href);

/** Writes down what the parser meets, as the original walks a document (notifications.md §3.5). */
class TextWriter {
  private text = '';
  private run = '';
  private silent = 0;
  private readonly targets: string[] = [];

  open(tag: string, href: string | undefined): void {
    this.flush();
    if (SILENT.has(tag)) this.silent++;
    if (tag === 'li') this.text += '\n * ';
    else if (tag === 'dt') this.text += '  ';
    else if (BREAK_BEFORE.has(tag)) this.text += '\n';
    if (tag === 'a') this.targets.push(href !== undefined && isAbsolute(href) ? href : '');
  }

  close(tag: string): void {
    this.flush();
    if (SILENT.has(tag)) this.silent--;
    if (BREAK_AFTER.has(tag)) this.text += '\n';
    if (tag === 'a') this.text += ` <${this.targets.pop() ?? ''}>`;
  }

  /** Pieces of one run of text come one by one where there are entities in it. */
  add(piece: string): void {
    if (this.silent === 0) this.run += piece;
  }

  end(): string {
    this.flush();
    return this.text;
  }

  /** A lone space counts only between two words. */
  private flush(): void {
    const run = this.run.replace(/[ \t\n\f\r]+/g, ' ');
    this.run = '';
    if (run === '' || (run === ' ' && /(?:^|[ \n])$/.test(this.text))) return;
    this.text += run;
  }
}

/** HTML as a reader of plain text gets it: line breaks for blocks, dots for lists, the address behind a link's text. */
export function htmlToText(html: string): string {
  const writer = new TextWriter();
  const parser = new Parser(
    {
      onopentag: (tag, { href }) => writer.open(tag, href),
      onclosetag: (tag) => writer.close(tag),
      ontext: (text) => writer.add(text),
    },
    { recognizeSelfClosing: true },
  );
  parser.end(html);
  return writer.end();
}
