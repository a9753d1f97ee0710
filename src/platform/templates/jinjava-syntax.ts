import nunjucks from 'nunjucks';

interface Node {
  readonly lineno: number;
  readonly colno: number;
  readonly typename: string;
}
interface Choice extends Node {
  cond: Node;
  body: Node;
  else_: Node | null;
}
type Lookup = Node & { readonly target: Node; readonly val: Node };
type Call = Node & { readonly name: Node; readonly args: Node };
type Pair = Node & { readonly left: Node; readonly right: Node };
type Frame = unknown;

interface Compiler {
  _emit(code: string): void;
  compile(node: Node, frame: Frame): void;
  _compileAggregate(node: Node, frame: Frame, start: string, end: string): void;
  compileIf(node: Choice, frame: Frame, async?: boolean): void;
  compileInlineIf(node: Choice, frame: Frame): void;
  compileNot(node: Node & { readonly target: Node }, frame: Frame): void;
  compileOr(node: Pair, frame: Frame): void;
  compileAnd(node: Pair, frame: Frame): void;
  compileFunCall(node: Call, frame: Frame): void;
}
interface Parser {
  parseInlineIf(): Node;
  parseExpression(): Node;
  skip(type: string): boolean;
  skipSymbol(name: string): boolean;
  fail(reason: string): never;
}
type Make<T extends Node> = new (lineno: number, colno: number, target?: Node) => T;

const engine = nunjucks as unknown as {
  readonly compiler: { readonly Compiler: { readonly prototype: Compiler } };
  readonly parser: { readonly Parser: { readonly prototype: Parser } };
  readonly lexer: { readonly TOKEN_COLON: string };
  readonly nodes: { readonly Not: Make<Node>; readonly InlineIf: Make<Choice> };
};
const { nodes } = engine;
const compiler = engine.compiler.Compiler.prototype;
const parser = engine.parser.Parser.prototype;
const { compileIf, compileInlineIf, compileFunCall } = compiler;
const { parseInlineIf } = parser;

const negated = (node: Node): Node => new nodes.Not(node.lineno, node.colno, node);

/** Conditions go by Jinjava's idea of truth, which `not` asks for. */
function judged(node: Choice): Choice {
  node.cond = negated(negated(node.cond));
  return node;
}

compiler.compileIf = function (node, frame, async) {
  compileIf.call(this, judged(node), frame, async);
};
compiler.compileInlineIf = function (node, frame) {
  compileInlineIf.call(this, judged(node), frame);
};
compiler.compileNot = function ({ target }, frame) {
  this._emit('!runtime.isTrue(');
  this.compile(target, frame);
  this._emit(')');
};

function pairWith(this: Compiler, name: string, { left, right }: Pair, frame: Frame): void {
  this._emit(`runtime.${name}(`);
  this.compile(left, frame);
  this._emit(', () => (');
  this.compile(right, frame);
  this._emit('))');
}
compiler.compileOr = function (node, frame) {
  pairWith.call(this, 'either', node, frame);
};
compiler.compileAnd = function (node, frame) {
  pairWith.call(this, 'both', node, frame);
};

/** Methods are looked up when they are called, and nowhere else. */
compiler.compileFunCall = function (node, frame) {
  if (node.name.typename !== 'LookupVal') return compileFunCall.call(this, node, frame);
  const { target, val } = node.name as Lookup;
  this._emit(`(lineno = ${String(node.lineno)}, colno = ${String(node.colno)}, runtime.callMethod(`);
  this.compile(target, frame);
  this._emit(', ');
  this.compile(val, frame);
  this._emit(', ');
  this._compileAggregate(node.args, frame, '[', ']');
  this._emit('))');
};

/** `a ? b : c` beside Jinja's `b if a else c`. */
parser.parseInlineIf = function () {
  const cond = parseInlineIf.call(this);
  if (!this.skipSymbol('?')) return cond;
  const choice = new nodes.InlineIf(cond.lineno, cond.colno);
  choice.cond = cond;
  choice.body = this.parseExpression();
  if (!this.skip(engine.lexer.TOKEN_COLON)) this.fail('expected a colon after ?');
  choice.else_ = this.parseExpression();
  return choice;
};
