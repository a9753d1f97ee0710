import { describe, expect, it } from 'vitest';
import { escapeHtml, escapeSlack } from './escape.js';
import { htmlToText } from './html-text.js';
import { markdownToHtml } from './markdown.js';
import { sanitizeHtml } from './sanitize.js';

describe('Markdown as HTML', () => {
  it.each([
    ['test', '<p>test</p>\n'],
    ['A **custom** body', '<p>A <strong>custom</strong> body</p>\n'],
    ['a\nb', '<p>a\nb</p>\n'],
    ['- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n'],
    ['<b>raw</b> x', '<p><b>raw</b> x</p>\n'],
    ['a & b < c', '<p>a &amp; b &lt; c</p>\n'],
    ['"q"', '<p>&quot;q&quot;</p>\n'],
    ['http://auto.link', '<p>http://auto.link</p>\n'],
    ['```\nblk\n```', '<pre><code>blk\n</code></pre>\n'],
    ['', ''],
  ])('%j', (markdown, html) => {
    expect(markdownToHtml(markdown)).toBe(html);
  });
});

describe('HTML as text', () => {
  it.each([
    ['Do the <a href="http://foo">thing</a>', 'Do the thing <http://foo>'],
    ['a\nb', 'a b'],
    ['a<br>b', 'a\nb'],
    ['<p>one</p><p>two</p>', '\none\n\ntwo\n'],
    ['<ul><li>x</li><li>y</li></ul>', '\n * x\n * y'],
    ['<h1>t</h1>body', '\nt\nbody'],
    ['<h6>t</h6>body', 'tbody'],
    ['<dl><dt>T</dt><dd>D</dd></dl>', '  T\nD\n'],
    ['<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>', '\n12\n3'],
    ['<div>a</div><div>b</div>', 'ab'],
    ['<a href="/rel">r</a>', 'r <>'],
    ['<a>nohref</a>', 'nohref <>'],
    ["<a href='mailto:x@y'>m</a>", 'm <mailto:x@y>'],
    ['a < b & c &amp; d &lt;e&gt;', 'a < b & c & d <e>'],
    ['**bold** _it_', '**bold** _it_'],
    ['<http://foo|bar> hi', ' hi'],
    ['<!channel> hello', ' hello'],
    ['hi <@U123> there', 'hi <@U123> there'],
    ['<https://a.b/c>', ''],
    ['  lead  trail  ', ' lead trail '],
    ['here:\n<p />\n```\nThis test.\n```\n', 'here: \n\n ``` This test. ``` '],
    ['a<script>x()</script><style>b{}</style>c', 'ac'],
    ['<title>t</title>b', 'tb'],
  ])('%j', (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });
});

describe("an author's HTML", () => {
  it('keeps its markup', () => {
    const html =
      '<h1 style="color:red">t</h1><p>a <a href="https://x/?a=1&amp;b=2">b</a><br>c</p><img src="cid:1" alt="&quot;">';
    expect(sanitizeHtml(html)).toBe(html);
  });

  it.each([
    ['<script>alert(1)</script>a', 'a'],
    ['<p onclick="x()">a</p>', '<p>a</p>'],
    ['<a href="javascript:x()">a</a>', '<a>a</a>'],
    ['<a href=" java\nscript:x()">a</a>', '<a>a</a>'],
    ['<img src=x onerror=alert(1)>', '<img src="x">'],
    ['<iframe src="http://x"></iframe><form><input></form>a', 'a'],
    ['<p style="background:url(http://x)">a</p>', '<p>a</p>'],
    ['<unknown>a</unknown>', 'a'],
    ['<svg><script>x</script></svg>b', 'b'],
    ['a < b', 'a &lt; b'],
  ])('loses what could run or load: %j', (html, safe) => {
    expect(sanitizeHtml(html)).toBe(safe);
  });
});

describe('a value', () => {
  it('is text in HTML', () => {
    expect(escapeHtml(`<b title="x" a='y'>&`)).toBe('&lt;b title=&quot;x&quot; a=&#39;y&#39;&gt;&amp;');
  });

  it('is neither a link nor a mention in Slack', () => {
    expect(escapeSlack('<!channel> & <@U1>')).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt;');
  });
});
